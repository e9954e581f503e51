import { randomUUID } from "node:crypto";
import { Admin, consumerGroupDescribeV0 } from "@platformatic/kafka";
import { eventually } from "./eventually.ts";
import {
  startClassicMember,
  startJavaMember,
  startNextGenMember,
  startShareMember,
  type TestMember,
} from "./group-members.ts";
import { testCluster } from "./test-cluster.ts";

const TYPES = ["classic", "consumer", "share", "streams"];

type WithoutClientId<T> = Omit<T, "clientId"> & { readonly clientId?: string };

interface ListedGroup {
  /** As the brokers spell it: "Stable", "Empty". */
  readonly state: string;
  /** "classic", "consumer", "share", "streams" */
  readonly type: string;
}

/** The consumer groups of one test file: unique names, real members, all stopped and deleted by `close`. */
export class TestGroups {
  readonly #admin = new Admin({ clientId: "tailrace-test-groups", bootstrapBrokers: [...testCluster().bootstrap] });
  readonly #names = new Set<string>();
  readonly #members = new Set<TestMember>();

  /** A name that no other test uses; deleted by `close` whoever makes the group. `around`: what stands before and after it. */
  name(prefix = "group", suffix = ""): string {
    const name = `${prefix}-${randomUUID().slice(0, 8)}${suffix}`;
    this.#names.add(name);
    return name;
  }

  /** Commits offsets as a tool does that is no member: `{orders: {0: 5, 1: 0n}}`. Nothing is checked; an unknown group is made. */
  async commit(
    group: string,
    offsets: Readonly<Record<string, Readonly<Record<number, number | bigint>>>>,
  ): Promise<void> {
    this.#names.add(group);
    const topics = Object.entries(offsets).map(([name, partitions]) => ({
      name,
      partitionOffsets: Object.entries(partitions).map(([partition, offset]) => ({
        partition: Number(partition),
        offset: BigInt(offset),
      })),
    }));
    await this.#admin.alterConsumerGroupOffsets({ groupId: group, topics });
  }

  /** What the group has committed: topic → partition → offset; a partition without a commit isn't in it. */
  async committed(group: string): Promise<Record<string, Record<number, bigint>>> {
    const [read] = await this.#admin.listConsumerGroupOffsets({ groups: [group] });
    const topics = (read?.topics ?? []).map(({ name, partitions }) => {
      const there = partitions.filter(({ committedOffset }) => committedOffset >= 0n);
      return [name, Object.fromEntries(there.map((one) => [one.partitionIndex, one.committedOffset]))] as const;
    });
    return Object.fromEntries(topics.filter(([, partitions]) => Object.keys(partitions).length > 0));
  }

  /** A member of a classic group, by kafkajs in this process; it has joined once this resolves. */
  async classicMember(options: WithoutClientId<Parameters<typeof startClassicMember>[0]>): Promise<TestMember> {
    return this.#keep(options.group, await startClassicMember({ clientId: clientId(), ...options }));
  }

  /** A member of a KIP-848 group, by pf in this process; it has its partitions once this resolves. */
  async nextGenMember(options: WithoutClientId<Parameters<typeof startNextGenMember>[0]>): Promise<TestMember> {
    const member = this.#keep(options.group, await startNextGenMember({ clientId: clientId(), ...options }));
    await this.awaitMember(options.group, member.clientId);
    return member;
  }

  /** A member that is Kafka's own console consumer, classic or not; it has its partitions once this resolves. */
  async javaMember(
    options: WithoutClientId<Parameters<typeof startJavaMember>[0]>,
  ): Promise<Awaited<ReturnType<typeof startJavaMember>>> {
    const member = await startJavaMember({ clientId: clientId(), ...options });
    this.#keep(options.group, member);
    await this.awaitMember(options.group, member.clientId);
    return member;
  }

  /** A member of a share group; the group has a member once this resolves. */
  async shareMember(options: WithoutClientId<Parameters<typeof startShareMember>[0]>): Promise<TestMember> {
    const member = this.#keep(options.group, await startShareMember({ clientId: clientId(), ...options }));
    await this.awaitState(options.group, "Stable");
    return member;
  }

  /** Null when the brokers list no such group. */
  async listed(group: string): Promise<ListedGroup | null> {
    const found = (await this.#admin.listGroups({ types: TYPES })).get(group);
    return found ? { state: found.state, type: (found.groupType ?? "").toLowerCase() } : null;
  }

  /** @throws Error after 30 s, with what it is instead. */
  async awaitState(group: string, state: string): Promise<void> {
    await eventually(async () => {
      const now = await this.listed(group);
      if (now?.state !== state) throw new Error(`${group} is ${now?.state ?? "not listed"}, not ${state}`);
    });
  }

  /** The client ids of a stable group's members; null while it isn't stable. */
  async members(group: string): Promise<string[] | null> {
    const now = await this.listed(group);
    if (now?.state !== "Stable") return null;
    if (now.type === "consumer") {
      const described = await this.#describeNextGen(group);
      const settled = described?.groupState === "Stable";
      return settled ? described.members.map((member) => member.clientId) : null;
    }
    const described = (await this.#admin.describeGroups({ groups: [group] })).get(group);
    return described ? [...described.members.values()].map((member) => member.clientId) : null;
  }

  /** Until the group is stable with this member in it. */
  async awaitMember(group: string, client: string): Promise<void> {
    await eventually(async () => {
      const now = await this.members(group);
      if (!now?.includes(client)) throw new Error(`${group} has ${now?.join() ?? "no settled members"}, not ${client}`);
    });
  }

  /** Until the group is stable with so many members. */
  async awaitMemberCount(group: string, count: number): Promise<void> {
    await eventually(async () => {
      const now = await this.members(group);
      if (now?.length !== count) throw new Error(`${group} has ${now?.length ?? "unsettled"} members, not ${count}`);
    });
  }

  /** Until the group has committed exactly this much of a topic: `{0: 5, 1: 5}`. */
  async awaitCommitted(
    group: string,
    topic: string,
    offsets: Readonly<Record<number, number | bigint>>,
  ): Promise<void> {
    const wanted = Object.entries(offsets).map(([partition, offset]) => `${partition}:${offset}`);
    await eventually(async () => {
      const now = Object.entries((await this.committed(group))[topic] ?? {}).map(([key, value]) => `${key}:${value}`);
      if (now.join() !== wanted.join()) throw new Error(`${group} has committed ${now}, not ${wanted}`);
    });
  }

  /** Stops every member, then deletes every group; those that aren't there are no matter. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#members].map((member) => member.stop()));
    const there = await this.#admin.listGroups({ types: TYPES });
    for (const name of this.#names) if (there.has(name)) await this.#delete(name);
    await this.#admin.close();
  }

  /** Members that were killed keep their group until their session ends: such a group is left to the cluster. */
  async #delete(name: string): Promise<void> {
    await this.#admin.deleteGroups({ groups: [name] }).catch(() => {});
  }

  async #describeNextGen(group: string) {
    const [coordinator] = await this.#admin.findCoordinator({ keyType: 0, keys: [group] });
    const connections = await this.#admin.connectToBrokers();
    const connection = connections.get(coordinator?.nodeId ?? -1);
    if (!connection) throw new Error(`${group} has no coordinator`);
    return (await consumerGroupDescribeV0.api.async(connection, [group], false)).groups[0];
  }

  #keep(group: string, member: TestMember): TestMember {
    this.#names.add(group);
    this.#members.add(member);
    return member;
  }
}

function clientId(): string {
  return `member-${randomUUID().slice(0, 8)}`;
}
