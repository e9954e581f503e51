import { setTimeout as delay } from "node:timers/promises";
import {
  Admin,
  type Connection,
  consumerGroupHeartbeatV0,
  joinGroupV9,
  offsetCommitV9,
  syncGroupV5,
} from "@platformatic/kafka";
import { AssignerProtocol } from "kafkajs";

/** Each group has committed, and where it has a member holds, the partitions of so many topics. */
const TOPICS_A_GROUP = 3;
const PARTITIONS = [0, 1, 2];
/** Of the two messages in each partition. */
const COMMITTED = 1n;
const AT_ONCE = 16;
const ATTEMPTS = 20;
const RETRY_MS = 500;
const NOTHING: { topicId: string; partitions: number[] }[] = [];
/** The longest that brokers allow by default: a classic member needs no heartbeat within it. */
const SESSION_MS = 1_800_000;
/** A KIP-848 member is missed after 45 s. */
const HEARTBEAT_MS = 15_000;

/** Groups that stay as they are until `close`. */
export interface BenchGroups {
  /** Makes groups until there are so many. */
  fill(count: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Groups that lag by one message in each of nine partitions of three topics: of ten, six are classic with a member, one is KIP-848 with a
 * member, three have none. The members are no more than requests: they read nothing.
 */
export async function benchGroups(
  bootstrap: readonly string[],
  topics: readonly string[],
  signal: AbortSignal,
): Promise<BenchGroups> {
  const admin = new Admin({ clientId: "tailrace-bench", bootstrapBrokers: [...bootstrap] });
  const connections = await admin.connectToBrokers();
  const beats: (() => Promise<unknown>)[] = [];
  const timer = setInterval(() => void Promise.allSettled(beats.map((beat) => beat())), HEARTBEAT_MS);
  let made = 0;

  async function make(connection: Connection, index: number): Promise<void> {
    const group = groupName(index);
    const mine = Array.from(
      { length: TOPICS_A_GROUP },
      (_, i) => topics[(index + i * Math.floor(topics.length / TOPICS_A_GROUP)) % topics.length] ?? "",
    );
    await commit(connection, group, mine);
    if (index % 10 < 6) await joinClassic(connection, group, mine);
    else if (index % 10 === 6) beats.push(await joinNextGeneration(connection, group, mine));
  }

  return {
    async fill(count) {
      const queue = Array.from({ length: count - made }, (_, i) => made + i).reverse();
      const coordinators = new Map<string, number>();
      const learn = async (indexes: readonly number[]) => {
        for (const { key, nodeId } of await admin.findCoordinator({ keyType: 0, keys: indexes.map(groupName) })) {
          coordinators.set(key, nodeId);
        }
      };
      await learn(queue);
      const makeAtCoordinator = async (index: number) => {
        const connection = connections.get(coordinators.get(groupName(index)) ?? -1);
        if (!connection) throw new Error(`${groupName(index)} has no coordinator`);
        await make(connection, index);
      };
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
            const mine = index;
            await again(
              () => makeAtCoordinator(mine),
              () => learn([mine]),
              signal,
            );
          }
        }),
      );
      made = count;
    },
    async close() {
      clearInterval(timer);
      await admin.close();
    },
  };
}

/** Coordinators of a cluster with a thousand new topics may move. */
async function again(attempt: () => Promise<void>, before: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let failed = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (++failed === ATTEMPTS) throw error;
      await delay(RETRY_MS, null, { signal });
      await before();
    }
  }
}

export function groupName(index: number): string {
  return `bench-group-${String(index).padStart(4, "0")}`;
}

async function commit(connection: Connection, group: string, topics: readonly string[]): Promise<void> {
  const partitions = PARTITIONS.map((partitionIndex) => ({
    partitionIndex,
    committedOffset: COMMITTED,
    committedLeaderEpoch: -1,
    committedMetadata: null,
  }));
  await offsetCommitV9.api.async(
    connection,
    ...([group, -1, "", null, topics.map((name) => ({ name, partitions }))] as const),
  );
}

/** A static member: it may join in one request. */
async function joinClassic(connection: Connection, group: string, topics: readonly string[]): Promise<void> {
  const instance = "bench";
  const metadata = AssignerProtocol.MemberMetadata.encode({
    version: 1,
    topics: [...topics],
    userData: Buffer.alloc(0),
  });
  const protocols = [{ name: "range", metadata }];
  const joined = await joinGroupV9.api.async(
    connection,
    ...([group, SESSION_MS, SESSION_MS, "", instance, "consumer", protocols] as const),
  );
  const assignment = AssignerProtocol.MemberAssignment.encode({
    version: 1,
    assignment: Object.fromEntries(topics.map((topic) => [topic, [...PARTITIONS]])),
    userData: Buffer.alloc(0),
  });
  const { generationId, memberId = "" } = joined;
  const assignments = [{ memberId: memberId ?? "", assignment }];
  await syncGroupV5.api.async(
    connection,
    ...([group, generationId, memberId ?? "", instance, "consumer", "range", assignments] as const),
  );
}

/** @returns what keeps it a member */
async function joinNextGeneration(
  connection: Connection,
  group: string,
  topics: readonly string[],
): Promise<() => Promise<unknown>> {
  const id = crypto.randomUUID();
  const wanted = [...topics];
  const joined = await consumerGroupHeartbeatV0.api.async(
    connection,
    ...([group, id, 0, null, null, SESSION_MS, wanted, null, null, NOTHING] as const),
  );
  const held = joined.assignment?.topicPartitions ?? [];
  return () =>
    consumerGroupHeartbeatV0.api.async(
      connection,
      ...([group, id, joined.memberEpoch, null, null, SESSION_MS, null, null, null, held] as const),
    );
}
