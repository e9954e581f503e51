import { afterAll, beforeAll, expect, test } from "vitest";
import { everything, FollowedReader } from "#scripts/testing/follow-reader.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { fetchOnce } from "./fetch-once.ts";
import { PartitionTable } from "./partition-table.ts";
import type { ReadRequest } from "./reader-event.ts";
import { RecordReader } from "./record-reader.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const { reading } = ctx;
const admin = topics.kafka.admin();

beforeAll(() => admin.connect());
afterAll(async () => {
  await admin.disconnect();
  await close();
  await topics.close();
});

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test("read committed stops before an open transaction, leaves out what was aborted, and goes on when it ends", async () => {
  const topic = await topics.create({ partitions: 1 });
  const producer = await topics.transactionalProducer();
  const inTransaction = async (value: string, end: "commit" | "abort") => {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value }] });
    await transaction[end]();
  };
  await inTransaction("kept", "commit");
  await inTransaction("aborted", "abort");
  await topics.send(topic, [{ value: "plain" }]);
  const open = await producer.transaction();
  await open.send({ topic, messages: [{ value: "late" }] });
  await topics.send(topic, [{ value: "behind it" }]);

  const committed = await FollowedReader.open(reading, { ...everything(topic), isolation: "committed" });
  const uncommitted = await FollowedReader.open(reading, everything(topic));
  await uncommitted.until("everything", ({ seen }) => seen.length === 5);
  await committed.until("what is certain", ({ values }) => values.includes("plain"));
  expect(committed.values).toEqual(["kept", "plain"]);
  // Nothing more can be read yet: as near to the end as committed reading comes.
  expect(committed.reader.behind()).toBe(0n);
  await open.abort();
  await committed.until("what lay behind", ({ values }) => values.includes("behind it"));
  expect(committed.values).toEqual(["kept", "plain", "behind it"]);
  expect(uncommitted.values).toEqual(["kept", "aborted", "plain", "late", "behind it"]);
  await committed.until("the end", ({ reader }) => reader.behind() === 0n);
  expect(committed.faults).toEqual([]);
  await committed.close();
  await uncommitted.close();
});

test("committed reading from now on begins before an open transaction: its messages are yet to be seen", async () => {
  const topic = await topics.create({ partitions: 1 });
  const producer = await topics.transactionalProducer();
  const open = await producer.transaction();
  await open.send({ topic, messages: [{ value: "in it" }] });
  const request: ReadRequest = { ...everything(topic), start: { kind: "now" }, isolation: "committed" };
  const followed = await FollowedReader.open(reading, request);
  await open.commit();
  await followed.until("its message", ({ seen }) => seen.length === 1);
  await followed.close();
});

test("what compaction removed is passed over: the reader arrives at the end", async () => {
  const configs = {
    "cleanup.policy": "compact",
    "segment.ms": "100",
    "min.cleanable.dirty.ratio": "0.01",
    "max.compaction.lag.ms": "100",
  };
  const topic = await topics.create({ partitions: 1, configs });
  const send = (value: string) => topics.send(topic, [{ key: "k", value }]);
  for (const one of upTo(30)) await send(String(one));
  const compacted = async (): Promise<number> => {
    // A new segment lets the one before be cleaned.
    await send("newest");
    const followed = await FollowedReader.open(reading, everything(topic));
    await followed.until("the end", ({ reader, seen }) => reader.behind() === 0n && seen.length > 0);
    expect(followed.faults).toEqual([]);
    const [end] = followed.reader.positions().values();
    await followed.close();
    return Number(end) - followed.seen.length;
  };
  await expect.poll(compacted, { timeout: 40_000, interval: 500 }).toBeGreaterThanOrEqual(25);
}, 60_000);

test("a thousand partitions: every message is seen once, and idle ones cost nothing", async () => {
  const topic = await topics.create({ partitions: 1_000, replicationFactor: 1 });
  const followed = await FollowedReader.open(reading, everything(topic));
  // A leader that is still busy making them answers later.
  const found = () => followed.told("partitions").flatMap(({ added }) => added).length;
  await followed.until("all partitions", () => found() === 1_000);
  // Three rounds, the later ones into running fetch sessions.
  for (const round of upTo(3)) {
    const messages = upTo(1_000).map((partition) => ({ value: String(round * 1_000 + partition), partition }));
    await topics.send(topic, messages);
    await followed.until("this round", ({ seen }) => seen.length === (round + 1) * 1_000);
  }
  expect(followed.values.map(Number).sort((a, b) => a - b)).toEqual(upTo(3_000));
  expect(followed.faults).toEqual([]);
  expect(followed.reader.behind()).toBe(0n);
  await followed.close();
}, 60_000);

test("a batch larger than any limit of a fetch still comes, beside others", async () => {
  const topic = await topics.create({ partitions: 2, configs: { "max.message.bytes": "12000000" } });
  await topics.send(topic, [{ value: Buffer.alloc(9_500_000, "x"), partition: 0 }]);
  await topics.send(topic, [{ value: "small", partition: 1 }]);
  await topics.send(topic, [{ value: "after", partition: 0 }]);
  const followed = await FollowedReader.open(reading, everything(topic));
  await followed.until("three", ({ seen }) => seen.length === 3);
  expect(followed.seen.map(({ value }) => value.length).sort((a, b) => a - b)).toEqual([5, 5, 9_500_000]);
  await followed.close();
});

test("over SASL_SSL, with the right to read; without it, the refusal names it", async () => {
  const topic = await topics.create();
  await topics.send(topic, [{ value: "secret", partition: 0 }]);
  const asAdmin = serviceContext({ as: "admin" });
  const followed = await FollowedReader.open(asAdmin.ctx.reading, everything(topic));
  await followed.until("it", ({ values }) => values.includes("secret"));
  await followed.close();
  await asAdmin.close();

  const asViewer = serviceContext({ as: "viewer" });
  const opening = RecordReader.open(asViewer.ctx.reading, everything(topic), new PartitionTable(), ctx.signal);
  await expect(opening).rejects.toMatchObject({ code: "kafka-forbidden", message: expect.stringContaining("Read") });
  const describe = {
    resourceType: 2,
    resourceName: topic,
    resourcePatternType: 3,
    principal: "User:viewer",
    host: "*",
  };
  await admin.createAcls({ acl: [{ ...describe, operation: 8, permissionType: 3 }] });
  const refused = {
    code: "kafka-forbidden",
    message: `Kafka refuses this user the records of ${topic}: it needs Read on the topic ${topic}. Grant it with kafka-acls.sh.`,
  };
  await expect.poll(() => openingProblem(asViewer.ctx.reading, topic), { timeout: 10_000 }).toMatchObject(refused);
  const first = { topic, partition: 0, offset: 0n, maxBytes: 1_000, isolation: "uncommitted" } as const;
  await expect(fetchOnce(asViewer.ctx.reading, first, new PartitionTable(), ctx.signal)).rejects.toMatchObject(refused);

  // Under a pattern, what can't be read is said to wait.
  const byPattern = await FollowedReader.open(asViewer.ctx.reading, {
    ...everything(topic),
    selection: { pattern: `^${topic}$`, internal: false },
  });
  await byPattern.until("a word about it", () => byPattern.told("waiting").at(-1)?.waiting?.partitions === 3);
  expect(byPattern.told("waiting").at(-1)?.waiting?.why).toMatchObject({ code: "kafka-forbidden" });
  await byPattern.close();
  await admin.deleteAcls({ filters: [{ ...describe, operation: 8, permissionType: 3 }] });
  await asViewer.close();
});

async function openingProblem(viewer: typeof reading, topic: string): Promise<unknown> {
  try {
    const reader = await RecordReader.open(viewer, everything(topic), new PartitionTable(), ctx.signal);
    await reader.close();
    return null;
  } catch (error) {
    return error;
  }
}

test("one stretch of a partition: from the offset on, in whole batches; at the end nothing", async () => {
  const topic = await topics.create({ partitions: 1 });
  for (const one of upTo(5)) await topics.send(topic, [{ value: `number ${one}` }]);
  const table = new PartitionTable();
  const at = (offset: bigint, maxBytes = 1_000) =>
    fetchOnce(reading, { topic, partition: 0, offset, maxBytes, isolation: "uncommitted" }, table, ctx.signal);
  const [stretch] = (await at(2n)).partitions;
  expect(stretch).toMatchObject({ place: 0, from: 2n, next: 5n, highWatermark: 5n, logStartOffset: 0n });
  expect((await at(0n, 1)).partitions[0]?.next).toBe(1n);
  expect(await at(5n)).toMatchObject({ partitions: [{ from: 5n, next: 5n, start: 0, end: 0 }] });
  await expect(at(6n)).rejects.toMatchObject({ code: "message-not-found" });
  const missing = { topic, partition: 7, offset: 0n, maxBytes: 1, isolation: "committed" } as const;
  await expect(fetchOnce(reading, missing, table, ctx.signal)).rejects.toMatchObject({ code: "partition-not-found" });
  const unknown = fetchOnce(reading, { ...missing, topic: topics.name() }, table, ctx.signal);
  await expect(unknown).rejects.toMatchObject({ code: "topic-not-found" });
});
