import { Admin, consumerGroupHeartbeatV0 } from "@platformatic/kafka";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { consumerGroupsTool, describeByCli } from "#scripts/testing/consumer-groups-cli.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getGroup } from "./get-group.ts";
import { listGroups } from "./list-groups.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();
const list = (topic?: string) =>
  listGroups(ctx, { params: { cluster: "test" }, query: { ...(topic !== undefined && { topic }) }, body: undefined });
const read = (group: string) => getGroup(ctx, { params: { cluster: "test", group }, query: {}, body: undefined });

/** Three partitions of 10 messages each. */
let orders: string;
/** As `orders`, but partition 0 begins at offset 6. */
let shortened: string;

beforeAll(async () => {
  orders = await topics.create({ prefix: "orders" });
  shortened = await topics.create({ prefix: "shortened" });
  const message = (partition: number) => ({ partition, value: "a message" });
  const messages = Array.from({ length: 30 }, (_, i) => message(i % 3));
  await topics.send(orders, messages);
  await topics.send(shortened, messages);
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.fetchTopicOffsets(shortened);
  await admin.deleteTopicRecords({ topic: shortened, partitions: [{ partition: 0, offset: "6" }] });
  await admin.disconnect();
});

afterAll(async () => {
  await groups.close();
  await topics.close();
  await close();
});

/** Offsets, members and state of a group are, line by line, what `kafka-consumer-groups --describe` prints of it. */
async function expectSameAsTool(group: string): Promise<GroupDetail> {
  const told = await read(group);
  expect(told.missing).toEqual([]);
  const member = (id: string | null) => told.members?.find(({ memberId }) => memberId === id);
  const offsets = told.partitions.map((one) => ({
    TOPIC: one.topic,
    PARTITION: String(one.partition),
    "LEADER-EPOCH": orDash(one.committedLeaderEpoch),
    "CURRENT-OFFSET": orDash(one.committedOffset),
    "LOG-END-OFFSET": orDash(one.highWatermark),
    // The tool counts nothing where nothing is committed.
    LAG: one.committedOffset === null ? "-" : orDash(one.lag),
    "CONSUMER-ID": orDash(one.memberId),
    HOST: one.memberId === null ? "-" : `/${member(one.memberId)?.host}`,
    "CLIENT-ID": orDash(member(one.memberId)?.clientId),
  }));
  expect(offsets).toEqual((await describeByCli(group, "offsets")).toSorted(byPartition));

  const members = await describeByCli(group, "members");
  const byMember = (a: readonly unknown[], b: readonly unknown[]) => String(a[0]).localeCompare(String(b[0]));
  expect(
    told.members
      ?.map((one) => [
        one.memberId,
        `/${one.host}`,
        one.clientId,
        String(one.assigned.reduce((sum, { partitions }) => sum + partitions.length, 0)),
        orDash(one.memberEpoch),
        assignment(one.assigned),
      ])
      .toSorted(byMember),
  ).toEqual(
    members
      .map((line) => [
        line["CONSUMER-ID"],
        line.HOST,
        line["CLIENT-ID"],
        line["#PARTITIONS"],
        line["CURRENT-EPOCH"],
        // Of a member without partitions the column is empty, and the next one stands in its place.
        line["#PARTITIONS"] === "0" ? "" : line["CURRENT-ASSIGNMENT"],
      ])
      .toSorted(byMember),
  );
  const printedInstances = members.map((line) => line["GROUP-INSTANCE-ID"] ?? "-").toSorted();
  expect(told.members?.map((one) => orDash(one.instanceId)).toSorted()).toEqual(printedInstances);

  const [state] = await describeByCli(group, "state");
  expect({
    STATE: told.state,
    "ASSIGNMENT-STRATEGY": orDash(told.assignor),
    "#MEMBERS": String(told.members?.length),
    "GROUP-EPOCH": orDash(told.groupEpoch),
    coordinator: `(${told.coordinator})`,
  }).toEqual({
    STATE: kebabCase(state?.STATE),
    "ASSIGNMENT-STRATEGY": state?.["ASSIGNMENT-STRATEGY"],
    "#MEMBERS": state?.["#MEMBERS"],
    "GROUP-EPOCH": state?.["GROUP-EPOCH"],
    coordinator: /\(\d+\)/.exec(state?.["COORDINATOR(ID)"] ?? "")?.[0],
  });

  const { groups: listed } = await list();
  expect(listed.find((one) => one.group === group)).toMatchObject({
    state: told.state,
    type: told.type,
    assignor: told.assignor,
    coordinator: told.coordinator,
    memberCount: told.members?.length,
    partitionCount: told.partitions.length,
    lag: told.lag,
    uncommitted: told.uncommitted,
    lagUnread: 0,
  });
  return told;
}

function byPartition(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): number {
  if (a.TOPIC !== b.TOPIC) return (a.TOPIC ?? "") < (b.TOPIC ?? "") ? -1 : 1;
  return Number(a.PARTITION) - Number(b.PARTITION);
}

function orDash(value: string | number | null | undefined): string {
  return value === null || value === undefined ? "-" : String(value);
}

function assignment(assigned: readonly { topic: string; partitions: readonly number[] }[]): string {
  return assigned.map(({ topic, partitions }) => `${topic}:${partitions.join()}`).join(";");
}

/** "PreparingRebalance" → "preparing-rebalance" */
function kebabCase(printed = ""): string {
  return printed.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

test("an empty group named `a/b ..`: committed, never read on", async () => {
  const group = groups.name("a", "/b ..");
  await groups.commit(group, { [orders]: { 0: 4, 1: 10, 2: 0 } });
  expect(await expectSameAsTool(group)).toMatchObject({ state: "empty", lag: "16", uncommitted: 0, members: [] });
});

test("a classic group that runs, and lags", async () => {
  const group = groups.name();
  await groups.commit(group, { [orders]: { 0: 4, 1: 10, 2: 1 } });
  for (let i = 0; i < 2; i++) await groups.classicMember({ group, topics: [orders], commit: false });
  await groups.awaitMemberCount(group, 2);
  expect(await expectSameAsTool(group)).toMatchObject({ type: "classic", state: "stable", lag: "15" });
});

test("a KIP-848 group that runs, and lags", async () => {
  const group = groups.name();
  await groups.commit(group, { [orders]: { 0: 4, 1: 10, 2: 1 } });
  for (let i = 0; i < 2; i++) await groups.nextGenMember({ group, topics: [orders], commit: false });
  await groups.awaitMemberCount(group, 2);
  const told = await expectSameAsTool(group);
  expect(told).toMatchObject({ type: "consumer", state: "stable", assignor: "uniform", lag: "15" });
  expect(told.members?.map(({ target }) => target)).toEqual([null, null]);
});

test("groups that caught up and stopped: no lag, no members, and the type that they were", async () => {
  const classic = groups.name();
  const next = groups.name();
  const members = [
    await groups.classicMember({ group: classic, topics: [orders] }),
    await groups.nextGenMember({ group: next, topics: [orders] }),
  ];
  for (const group of [classic, next]) await groups.awaitCommitted(group, orders, { 0: 10, 1: 10, 2: 10 });
  await expectSameAsTool(classic);
  await expectSameAsTool(next);
  for (const member of members) await member.stop();
  for (const group of [classic, next]) await groups.awaitState(group, "Empty");
  expect(await expectSameAsTool(classic)).toMatchObject({ type: "classic", state: "empty", lag: "0", verdicts: [] });
  expect(await expectSameAsTool(next)).toMatchObject({ type: "consumer", state: "empty", lag: "0", verdicts: [] });
});

test("partitions that are assigned and were never committed: the tool counts nothing, we count all of them and say so", async () => {
  for (const join of ["classicMember", "nextGenMember"] as const) {
    const group = groups.name();
    await groups.commit(group, { [orders]: { 1: 7 } });
    await groups[join]({ group, topics: [orders], commit: false });
    const told = await expectSameAsTool(group);
    expect(told).toMatchObject({ lag: "23", uncommitted: 2, lagUnread: 0 });
    expect(told.partitions.map((one) => [one.committedOffset, one.committedRead, one.lag])).toEqual([
      [null, true, "10"],
      ["7", true, "3"],
      [null, true, "10"],
    ]);
  }
});

test("rebalancing, a classic group: two members are wanted, one has not come back", async () => {
  const group = groups.name();
  const release = Promise.withResolvers<void>();
  // It hangs in its first message, and sends no heartbeat meanwhile.
  await groups.classicMember({ group, topics: [orders], eachMessage: () => release.promise });
  const second = groups.classicMember({ group, topics: [orders] });
  try {
    await groups.awaitState(group, "PreparingRebalance");
    const told = await expectSameAsTool(group);
    expect(told).toMatchObject({ state: "preparing-rebalance", type: "classic" });
  } finally {
    release.resolve();
    await second;
  }
});

test("rebalancing, a KIP-848 group: a member has not given up yet what another shall have", async () => {
  const group = groups.name();
  const admin = new Admin({ clientId: "by-hand", bootstrapBrokers: [...testCluster().bootstrap] });
  try {
    const [coordinator] = await admin.findCoordinator({ keyType: 0, keys: [group] });
    const connection = (await admin.connectToBrokers()).get(coordinator?.nodeId ?? -1);
    if (!connection) throw new Error("no coordinator");
    type Held = { topicId: string; partitions: number[] }[];
    const beat = (memberId: string, epoch: number, subscribed: string[] | null, held: Held | null) =>
      consumerGroupHeartbeatV0.api.async(
        connection,
        ...([group, memberId, epoch, null, null, 60_000, subscribed, null, null, held] as const),
      );
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const first = await beat(one, 0, [orders], []);
    await beat(one, first.memberEpoch, null, first.assignment?.topicPartitions ?? []);
    let { memberEpoch } = await beat(other, 0, [orders], []);
    await vi.waitFor(
      async () => {
        // After a second, whoever asks makes the coordinator work out who shall have what.
        memberEpoch = (await beat(other, memberEpoch, null, [])).memberEpoch;
        expect(await groups.listed(group)).toMatchObject({ state: "Reconciling" });
      },
      { timeout: 10_000 },
    );
    const told = await expectSameAsTool(group);
    expect(told).toMatchObject({ state: "reconciling", type: "consumer", coordinator: coordinator?.nodeId });
    const held = told.members?.find(({ memberId }) => memberId === one);
    expect(held?.assigned).toEqual([{ topic: orders, partitions: [0, 1, 2] }]);
    expect(held?.target?.[0]?.partitions.length).toBeLessThan(3);
    for (const member of [one, other]) await beat(member, -1, null, null);
  } finally {
    await admin.close();
  }
});

test("static members of Kafka's own consumer, by the assignors of both protocols", async () => {
  const assignors = {
    range: { "partition.assignment.strategy": "org.apache.kafka.clients.consumer.RangeAssignor" },
    "cooperative-sticky": {
      "partition.assignment.strategy": "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
    },
    uniform: { "group.protocol": "consumer", "group.remote.assignor": "uniform" },
  };
  for (const [assignor, config] of Object.entries(assignors)) {
    const group = groups.name();
    const instance = { "group.instance.id": `${assignor}-1`, "client.rack": "rack-a" };
    const member = await groups.javaMember({ group, topics: [orders, shortened], config: { ...config, ...instance } });
    await groups.awaitCommitted(group, orders, { 0: 10, 1: 10, 2: 10 });
    const told = await expectSameAsTool(group);
    expect(told).toMatchObject({ assignor, state: "stable" });
    expect(told.members?.[0]).toMatchObject({ instanceId: `${assignor}-1`, idleBecause: null });
    expect(told.members?.[0]?.subscribedTopics.toSorted()).toEqual([orders, shortened].toSorted());
    await member.stop();
  }
});

test("one more member than partitions: it has none, and why is said", async () => {
  const group = groups.name();
  for (let i = 0; i < 4; i++) await groups.classicMember({ group, topics: [orders] });
  await groups.awaitMemberCount(group, 4);
  await groups.awaitCommitted(group, orders, { 0: 10, 1: 10, 2: 10 });
  const told = await expectSameAsTool(group);
  const idle = told.members?.filter(({ assigned }) => assigned.length === 0) ?? [];
  expect(idle).toHaveLength(1);
  expect(idle[0]?.idleBecause).toMatch(/4 members/);
});

test("on a transactional topic: lag to the high watermark as the tool counts, and to the last stable offset", async () => {
  const transfers = await topics.create({ prefix: "transfers", partitions: 1 });
  const messages = (count: number) => Array.from({ length: count }, () => ({ partition: 0, value: "a transfer" }));
  const producer = await topics.transactionalProducer();
  // 2 messages and their marker, 3 aborted ones and theirs, then an open transaction of 4.
  const committed = await producer.transaction();
  await committed.send({ topic: transfers, messages: messages(2) });
  await committed.commit();
  const aborted = await producer.transaction();
  await aborted.send({ topic: transfers, messages: messages(3) });
  await aborted.abort();
  const hanging = await producer.transaction();
  await hanging.send({ topic: transfers, messages: messages(4) });
  try {
    const group = groups.name();
    await groups.commit(group, { [transfers]: { 0: 3 } });
    const told = await expectSameAsTool(group);
    expect(told.partitions).toMatchObject([
      { committedOffset: "3", lastStableOffset: "7", highWatermark: "11", lag: "8", stableLag: "4" },
    ]);
  } finally {
    await hanging.abort();
  }
});

test("records deleted beneath the commit: lag as the tool counts, and how many are lost", async () => {
  const group = groups.name();
  await groups.commit(group, { [shortened]: { 0: 2, 1: 10 } });
  const told = await expectSameAsTool(group);
  expect(told.partitions).toMatchObject([
    { logStartOffset: "6", committedOffset: "2", lag: "8", lost: "4" },
    { logStartOffset: "0", committedOffset: "10", lag: "0", lost: null },
  ]);
});

test("committed behind the end: the tool prints a negative lag, we none", async () => {
  const group = groups.name();
  await groups.commit(group, { [orders]: { 0: 1_000 } });
  const [printed] = await describeByCli(group, "offsets");
  expect(printed?.LAG).toBe("-990");
  expect(await read(group)).toMatchObject({ lag: "0", partitions: [{ committedOffset: "1000", lag: "0" }] });
});

test("the list has every group that kafka-groups prints, with its type, and kafka-consumer-groups' states", async () => {
  const share = groups.name("share");
  await groups.shareMember({ group: share, topics: [orders] });
  const empty = groups.name();
  await groups.commit(empty, { [orders]: { 0: 1 } });
  const printedTypes = async () => {
    const bootstrap = ["--bootstrap-server", testCluster().bootstrap.join(",")];
    const { stdout } = await runTool("org.apache.kafka.tools.GroupsCommand", [...bootstrap, "--list"]);
    return new Set(lines(stdout).map(([group, type]) => `${group} ${type?.toLowerCase()}`));
  };
  const before = await printedTypes();
  ctx.state.forget();
  const { groups: listed, missing } = await list();
  const after = await printedTypes();
  expect(missing).toEqual([]);
  // Other tests make and delete groups meanwhile; of a name with spaces the tool's columns can't be told apart.
  const told = new Set(listed.filter(({ group }) => !group.includes(" ")).map(({ group, type }) => `${group} ${type}`));
  expect([...before].filter((one) => after.has(one) && !told.has(one))).toEqual([]);
  expect([...told].filter((one) => !before.has(one) && !after.has(one))).toEqual([]);
  expect(told.has(`${share} share`)).toBe(true);
  const states = lines(await consumerGroupsTool("--list", "--state"));
  const state = states.find(([group]) => group === empty)?.[1];
  expect(listed.find(({ group }) => group === empty)?.state).toBe(kebabCase(state));
});

/** A type or a state, one space behind a name that is longer than its column. */
const SECOND_COLUMN =
  /^\S+ +(?:Classic|Consumer|Share|Streams|Stable|Empty|PreparingRebalance|CompletingRebalance|Assigning|Reconciling|NotReady|Dead)(?:\s|$)/;

/** Of groups whose names have no spaces. */
function lines(printed: string): string[][] {
  return printed
    .split("\n")
    .filter((line) => SECOND_COLUMN.test(line))
    .map((line) => line.trim().split(/\s+/));
}

test("a share group: its state and members; its positions aren't offsets, and what reads them is named", async () => {
  const group = groups.name("share");
  const member = await groups.shareMember({ group, topics: [orders], clientId: "sharing" });
  await vi.waitFor(
    async () => {
      const told = await read(group);
      expect(told).toMatchObject({ type: "share", state: "stable", lag: null, partitions: [] });
      expect(told.unread?.command).toContain("kafka-share-groups.sh");
    },
    { timeout: 15_000 },
  );
  await member.stop();
});

test("of one topic: the groups that committed to it or hold it, with its lag alone", async () => {
  const both = groups.name();
  await groups.commit(both, { [orders]: { 0: 4 }, [shortened]: { 1: 1 } });
  const holding = groups.name();
  await groups.classicMember({ group: holding, topics: [shortened], commit: false });
  ctx.state.forget();
  const { groups: listed } = await list(shortened);
  expect(listed.find(({ group }) => group === both)).toMatchObject({ lag: "9", partitionCount: 1 });
  expect(listed.find(({ group }) => group === holding)).toMatchObject({ lag: "24", uncommitted: 3 });
  expect(listed.filter(({ topics: names }) => !names.includes(shortened))).toEqual([]);
});
