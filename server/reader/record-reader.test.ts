import { afterAll, beforeAll, expect, test } from "vitest";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { everything, FollowedReader } from "#scripts/testing/follow-reader.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { QUEUE_BYTES } from "./event-queue.ts";
import { PartitionTable } from "./partition-table.ts";
import type { ReaderEvent, ReadRequest } from "./reader-event.ts";
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

const numbered = (from: number, count: number, partition?: number) =>
  Array.from({ length: count }, (_, index) => ({
    value: String(from + index),
    ...(partition !== undefined && { partition }),
  }));
const oneToEach = (values: readonly string[]) => values.map(Number).sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test("every message of all partitions is seen once, those that were there and those that arrive", async () => {
  const topic = await topics.create();
  await topics.send(topic, numbered(0, 500));
  const followed = await FollowedReader.open(reading, everything(topic));
  for (let batch = 0; batch < 20; batch++) await topics.send(topic, numbered(500 + batch * 25, 25));
  await followed.until("1,000 messages", ({ seen }) => seen.length >= 1_000);
  expect(oneToEach(followed.values)).toEqual(upTo(1_000));
  expect(followed.faults).toEqual([]);
  expect(followed.reader.behind()).toBe(0n);
  expect([...followed.reader.positions().values()].reduce((a, b) => a + b)).toBe(1_000n);
  await followed.close();
});

test.each<[string, ReadRequest["start"], string[]]>([
  ["now", { kind: "now" }, []],
  ["earliest", { kind: "earliest" }, ["0", "1", "2", "3", "4"]],
  ["the last 2", { kind: "last", count: 2 }, ["3", "4"]],
  ["the last 100", { kind: "last", count: 100 }, ["0", "1", "2", "3", "4"]],
  ["an hour back", { kind: "ago", ms: 3_600_000 }, ["2", "3", "4"]],
  ["a time between", { kind: "at", timestampMs: 2_500 }, ["2", "3", "4"]],
  ["a time to come", { kind: "at", timestampMs: 4_102_444_800_000 }, []],
  ["an offset", { kind: "offset", offset: "3" }, ["3", "4"]],
  ["an offset beyond the end", { kind: "offset", offset: "9223372036854775807" }, []],
])("starts from %s", async (_, start, expected) => {
  const topic = await topics.create({ partitions: 1 });
  const now = Date.now();
  const times = [1_000, 2_000, now - 60_000, now - 30_000, now];
  await topics.send(
    topic,
    times.map((timestamp, index) => ({ value: String(index), timestamp: String(timestamp) })),
  );
  const followed = await FollowedReader.open(reading, { ...everything(topic), start });
  await topics.send(topic, [{ value: "new" }]);
  await followed.until("the new one", ({ values }) => values.includes("new"));
  expect(followed.values).toEqual([...expected, "new"]);
  expect(followed.faults).toEqual([]);
  await followed.close();
});

test("a cursor goes on exactly there; what came since is read from its beginning", async () => {
  const topic = await topics.create({ partitions: 3 });
  await topics.send(topic, [...numbered(0, 10, 0), ...numbered(10, 10, 1), ...numbered(20, 10, 2)]);
  const metadata = await admin.fetchTopicMetadata({ topics: [topic] });
  expect(metadata.topics[0]?.partitions).toHaveLength(3);
  const before = await FollowedReader.open(reading, everything(topic));
  await before.until("all", ({ seen }) => seen.length === 30);
  const topicId = before.table.at(0).topicId;
  await before.close();
  const next = new Map([
    [0, "4"],
    [1, "10"],
  ]);
  const cursor = { topics: [{ name: topic, topicId, partitions: 2, next }] };
  const start = { kind: "cursor", cursor, unnamed: { kind: "now" } } as const;
  const followed = await FollowedReader.open(reading, { ...everything(topic), start });
  await followed.until("the rest", ({ seen }) => seen.length >= 16);
  expect(oneToEach(followed.values)).toEqual([4, 5, 6, 7, 8, 9, ...upTo(10).map((one) => one + 20)]);
  expect(followed.told("gap")).toEqual([]);
  await followed.close();
});

test("only the partitions that were chosen are read", async () => {
  const topic = await topics.create();
  await topics.send(topic, [...numbered(0, 3, 0), ...numbered(3, 3, 1), ...numbered(6, 3, 2)]);
  const selection = { topics: [topic], partitions: [0, 2] };
  const followed = await FollowedReader.open(reading, { ...everything(topic), selection });
  await followed.until("six", ({ seen }) => seen.length >= 6);
  expect(oneToEach(followed.values)).toEqual([0, 1, 2, 6, 7, 8]);
  await followed.close();
});

test("what isn't there is refused, by name", async () => {
  const topic = await topics.create({ partitions: 2 });
  const open = (selection: ReadRequest["selection"]) =>
    RecordReader.open(reading, { ...everything(topic), selection }, new PartitionTable(), ctx.signal);
  await expect(open({ topics: [topic, "no-such-topic"], partitions: null })).rejects.toMatchObject({
    code: "topic-not-found",
    message: expect.stringContaining("no-such-topic"),
  });
  await expect(open({ topics: [topic], partitions: [1, 2] })).rejects.toMatchObject({
    code: "partition-not-found",
    message: `Topic ${topic} has no partition 2: its partitions are 0 to 1. Choose one of them.`,
  });
  await expect(open({ pattern: "(a", internal: false })).rejects.toMatchObject({ code: "invalid-request" });
});

test("retention that overtook the start, or a reader that was slow, is a gap that is told", async () => {
  const topic = await topics.create({ partitions: 1, configs: { "max.message.bytes": "4000000" } });
  await topics.send(topic, numbered(0, 10));
  await deleteBefore(admin, topic, 0, "4");
  const followed = await FollowedReader.open(reading, { ...everything(topic), start: { kind: "offset", offset: "1" } });
  await followed.until("the rest", ({ seen }) => seen.length === 6);
  expect(followed.told("gap")).toEqual([{ kind: "gap", reason: "retention", place: 0, from: 1n, to: 4n }]);
  expect(followed.faults).toEqual([]);
  await followed.close();

  expect(followed.reader.positions()).toEqual(new Map([[0, 10n]]));
});

test("a log that ends before what a cursor has read is a gap that is told; it is read on from its end", async () => {
  const topic = await topics.create({ partitions: 1 });
  await topics.send(topic, numbered(0, 10));
  const before = await FollowedReader.open(reading, everything(topic));
  const { topicId } = before.table.at(0);
  await before.close();
  const next = new Map([[0, "25"]]);
  const cursor = { topics: [{ name: topic, topicId, partitions: 1, next }] };
  const start: ReadRequest["start"] = { kind: "cursor", cursor, unnamed: { kind: "now" } };
  const followed = await FollowedReader.open(reading, { ...everything(topic), start });
  await topics.send(topic, numbered(10, 1));
  await followed.until("the new one", ({ seen }) => seen.length === 1);
  expect(followed.told("gap")).toEqual([{ kind: "gap", reason: "truncated", place: 0, from: 25n, to: 10n }]);
  expect(followed.values).toEqual(["10"]);
  await followed.close();
});

test("retention that overtakes a slow reader is a gap that is told, exactly behind what it had read", async () => {
  const topic = await topics.create({ partitions: 1, configs: { "max.message.bytes": "4000000" } });
  const slow = await RecordReader.open(reading, everything(topic), new PartitionTable(), ctx.signal);
  const value = Buffer.alloc(3_000_000, "x");
  for (let sent = 0; sent < 20; sent++) await topics.send(topic, [{ value }]);
  await deleteBefore(admin, topic, 0, "20");
  await topics.send(topic, [{ value: "after" }]);
  let at = 0n;
  const gaps: ReaderEvent[] = [];
  for await (const event of slow) {
    if (event.kind === "chunk") {
      expect(event.chunk.partitions[0]?.from).toBe(at);
      at = event.chunk.partitions[0]?.next ?? at;
    }
    if (event.kind === "gap") {
      expect(event.from).toBe(at);
      gaps.push(event);
      at = event.to;
    }
    if (at === 21n) break;
  }
  expect(gaps).toMatchObject([{ reason: "retention", place: 0, to: 20n }]);
});

test("a reader that nobody reads stops fetching, holds a bounded number of bytes, and goes on where it stopped", async () => {
  const topic = await topics.create();
  const value = Buffer.alloc(500_000, "x");
  for (let sent = 0; sent < 90; sent += 3) {
    await topics.send(
      topic,
      [0, 1, 2].map((partition) => ({ value, partition })),
    );
  }
  const reader = await RecordReader.open(reading, everything(topic), new PartitionTable(), ctx.signal);
  // Three loops fill the queue, and one answer of each may still come.
  await expect.poll(() => reader.heldBytes, { timeout: 10_000 }).toBeGreaterThanOrEqual(QUEUE_BYTES);
  await expect.poll(() => reading.leased, { timeout: 10_000 }).toBe(0);
  expect(reader.heldBytes).toBeLessThanOrEqual(2 * QUEUE_BYTES);
  let read = 0;
  let records = 0;
  for await (const event of reader) {
    if (event.kind !== "chunk") continue;
    read += event.chunk.bytes.length;
    records += event.chunk.partitions.reduce((sum, { from, next }) => sum + Number(next - from), 0);
    if (records === 90) break;
  }
  expect(read).toBeGreaterThan(90 * 500_000);
});
