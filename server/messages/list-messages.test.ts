import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { z } from "zod";
import type { TailRow } from "#lib/contracts/message-row.ts";
import { listMessages as contract } from "#lib/contracts/messages.ts";
import { consoleConsumer } from "#scripts/testing/console-consumer.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { findPartition } from "./find-partition.ts";
import { listMessages } from "./list-messages.ts";

/** A machine may be busy with other tests. */
const WAIT = { timeout: 10_000 };

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const COUNT = 1_234;
let numbers: string;

beforeAll(async () => {
  numbers = await topics.create({ partitions: 2 });
  // Batches of different sizes, so that pages begin and end inside them.
  for (const [from, to] of [
    [0, 1],
    [1, 300],
    [300, 310],
    [310, 1_000],
    [1_000, COUNT],
  ] as const) {
    const messages = Array.from({ length: to - from }, (_, i) => ({
      partition: 1,
      key: `k${from + i}`,
      value: `{"n":${from + i},"ten":${(from + i) % 10 === 0}}`,
    }));
    await topics.send(numbers, messages);
  }
});
afterAll(async () => {
  await close();
  await topics.close();
});

type Query = Omit<z.input<typeof contract.query>, "partition">;

async function list(topic: string, query: Query, partition = 1, signal = ctx.signal) {
  const parsed = contract.query.parse({ partition: String(partition), ...query });
  const input = { params: { cluster: "test", topic }, query: parsed, body: undefined };
  return contract.response.parse(await listMessages({ ...ctx, signal }, input));
}
const offsets = (rows: readonly TailRow[]) => rows.flatMap((row) => (Array.isArray(row) ? [Number(row[1])] : []));
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** All pages in one direction, in the order in which they came. */
async function pages(topic: string, query: Query, partition = 1): Promise<TailRow[][]> {
  const all: TailRow[][] = [];
  for (let next = query.offset; ; ) {
    const page = await list(topic, { ...query, ...(next !== undefined && { offset: next }) }, partition);
    all.push(page.rows);
    if (page.next === null) return all;
    expect(page.next).not.toBe(next);
    next = page.next;
  }
}

test.each([1, 7, 100, 500])("pages of %i onwards hold every message once, in order", async (limit) => {
  const from = limit === 1 ? COUNT - 5 : 0;
  const all = await pages(numbers, { limit, offset: String(from) });
  expect(all.flatMap(offsets)).toEqual(upTo(from, COUNT));
  expect(all.every((rows) => offsets(rows).length <= limit)).toBe(true);
});

test.each([1, 7, 100, 500])(
  "pages of %i backwards hold every message once, each page in order of offset",
  async (limit) => {
    const before = limit === 1 ? 5 : COUNT;
    const all = await pages(numbers, { limit, direction: "before", offset: String(before) });
    expect(all.toReversed().flatMap(offsets)).toEqual(upTo(0, before));
    for (const rows of all.slice(0, -1)) expect(offsets(rows)).toHaveLength(limit);
  },
);

test("the newest page by default backwards, the oldest onwards; bounds are told", async () => {
  const newest = await list(numbers, { direction: "before", limit: 3 });
  expect(offsets(newest.rows)).toEqual(upTo(COUNT - 3, COUNT));
  expect(newest).toMatchObject({ next: String(COUNT - 3), logStartOffset: "0", highWatermark: String(COUNT) });
  const oldest = await list(numbers, { limit: 3 });
  expect(offsets(oldest.rows)).toEqual([0, 1, 2]);
  expect((await list(numbers, { offset: String(COUNT) })).rows).toEqual([]);
  expect(await list(numbers, { offset: "9223372036854775807" })).toMatchObject({ rows: [], next: null });
});

test("a stretch that a tail lost is read up to its end, and not beyond", async () => {
  const page = await list(numbers, { offset: "298", until: "305", limit: 500 });
  expect([offsets(page.rows), page.next]).toEqual([upTo(298, 305), null]);
});

test("rows are what Kafka's console consumer prints", async () => {
  const { rows } = await list(numbers, { offset: "305", limit: 10 });
  const printed = await consoleConsumer(numbers, 1, { from: 305, count: 10 });
  expect(rows.map((row) => (Array.isArray(row) ? [`CreateTime:${row[2]}`, row[1], row[3], row[4]] : row))).toEqual(
    printed.map(({ timestamp, offset, key, value }) => [timestamp, offset, key, value]),
  );
});

test("a filter's matches come page by page in both directions", async () => {
  const tens = upTo(0, COUNT).filter((n) => n % 10 === 0);
  const onwards = await pages(numbers, { contains: '"ten":true', limit: 20 });
  expect(onwards.flatMap(offsets)).toEqual(tens);
  const backwards = await pages(numbers, { contains: '"ten":true', limit: 20, direction: "before" });
  expect(backwards.toReversed().flatMap(offsets)).toEqual(tens);
  expect((await pages(numbers, { key: "k777" })).flatMap(offsets)).toEqual([777]);
  expect((await pages(numbers, { contains: "nowhere", direction: "before" })).flat()).toEqual([]);
});

test("an empty partition and one whose messages were deleted are empty, not an error", async () => {
  expect(await list(numbers, {}, 0)).toMatchObject({ rows: [], next: null, highWatermark: "0" });
  expect(await list(numbers, { direction: "before" }, 0)).toMatchObject({ rows: [], next: null });
  const deleted = await topics.create({ partitions: 1 });
  await topics.send(
    deleted,
    upTo(0, 10).map((n) => ({ value: `${n}` })),
  );
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.fetchTopicOffsets(deleted);
  await admin.deleteTopicRecords({ topic: deleted, partitions: [{ partition: 0, offset: "6" }] });
  expect(offsets((await list(deleted, { offset: "2" }, 0)).rows)).toEqual(upTo(6, 10));
  expect((await pages(deleted, { direction: "before", limit: 3 }, 0)).map(offsets)).toEqual([[7, 8, 9], [6]]);
  await admin.deleteTopicRecords({ topic: deleted, partitions: [{ partition: 0, offset: "10" }] });
  await admin.disconnect();
  expect(await list(deleted, { direction: "before" }, 0)).toMatchObject({ rows: [], next: null });
});

test("aborted messages and markers are there, marked as such", async () => {
  const topic = await topics.create({ partitions: 1 });
  const producer = await topics.transactionalProducer();
  for (const end of ["commit", "abort"] as const) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value: "a" }, { value: "b" }] });
    await transaction[end]();
  }
  // The coordinator answers before the last marker is written.
  await expect.poll(async () => (await list(topic, {}, 0)).highWatermark, { timeout: 5_000 }).toBe("6");
  for (const direction of ["after", "before"] as const) {
    const { rows } = await list(topic, { direction }, 0);
    expect(offsets(rows)).toEqual([0, 1, 3, 4]);
    const markers = rows.flatMap((row) => ("gap" in row ? [row] : []));
    expect(markers.map(({ gap, reason, commits, aborts }) => [gap, reason, commits ?? 0, aborts ?? 0])).toEqual([
      [[0, "2", "2"], "markers", 1, 0],
      [[0, "5", "5"], "markers", 0, 1],
    ]);
    expect(rows.every((row) => !Array.isArray(row) || row[5]?.transaction !== undefined)).toBe(true);
  }
});

test("committed: no aborted message, and nothing from the first open transaction on", async () => {
  const topic = await topics.create({ partitions: 1 });
  const producer = await topics.transactionalProducer();
  for (const end of ["commit", "abort"] as const) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value: "a" }, { value: "b" }] });
    await transaction[end]();
  }
  const open = await producer.transaction();
  await open.send({ topic, messages: [{ value: "not yet" }] });
  await topics.send(topic, [{ value: "behind it" }]);
  for (const direction of ["after", "before"] as const) {
    const { rows, next } = await list(topic, { direction, isolation: "committed" }, 0);
    expect(offsets(rows)).toEqual([0, 1]);
    expect(next).toBeNull();
  }
  expect(offsets((await list(topic, {}, 0)).rows)).toEqual([0, 1, 3, 4, 6, 7]);
  await open.abort();
  await vi.waitFor(async () => {
    expect(offsets((await list(topic, { isolation: "committed" }, 0)).rows)).toEqual([0, 1, 7]);
  }, WAIT);
});

test("a topic that was made again is not the one that was asked for", async () => {
  const { topic } = await findPartition(ctx, numbers, 1);
  expect((await list(numbers, { limit: 1, topicId: topic.topicId ?? "" })).rows).toHaveLength(1);
  await expect(list(numbers, { topicId: "A".repeat(22) })).rejects.toMatchObject({
    code: "topic-not-found",
    message: expect.stringContaining("made again"),
  });
});

test("backwards over messages of megabytes: nothing is left out, and no page reads everything", async () => {
  const topic = await topics.create({ partitions: 1, configs: { "max.message.bytes": "6000000" } });
  const value = Buffer.alloc(5_000_000, "x");
  for (let n = 0; n < 10; n++) await topics.send(topic, [{ key: `${n}`, value }]);
  const all = await pages(topic, { direction: "before", limit: 500 }, 0);
  expect(all.toReversed().flatMap(offsets)).toEqual(upTo(0, 10));
  expect(all.length).toBeGreaterThan(1);
}, 60_000);

test("what compaction removed is told as gaps, in both directions alike", async () => {
  const topic = await topics.create({
    partitions: 1,
    configs: {
      "cleanup.policy": "compact",
      "segment.ms": "100",
      "min.cleanable.dirty.ratio": "0.01",
      "max.compaction.lag.ms": "100",
    },
  });
  const keys = upTo(0, 60).map((n) => ({ key: n % 3 === 0 ? `kept-${n}` : "same", value: `${n}` }));
  await topics.send(topic, keys);
  await vi.waitFor(
    async () => {
      await topics.send(topic, [{ key: "tick", value: "t" }]);
      const { rows } = await list(topic, { limit: 500 }, 0);
      expect(rows.some((row) => "gap" in row && row.reason === "compacted")).toBe(true);
    },
    { timeout: 40_000, interval: 500 },
  );
  const onwards = await list(topic, { limit: 500, until: "60" }, 0);
  const covered = onwards.rows.flatMap((row) =>
    Array.isArray(row) ? [Number(row[1])] : "gap" in row ? upTo(Number(row.gap[1]), Number(row.gap[2]) + 1) : [],
  );
  expect(covered).toEqual(upTo(0, 60));
  const backwards = await pages(topic, { limit: 7, direction: "before", offset: "60" }, 0);
  expect(backwards.toReversed().flatMap(offsets)).toEqual(offsets(onwards.rows));
}, 60_000);

test("a viewer who leaves ends the reading", async () => {
  const leaving = new AbortController();
  const reading = list(numbers, { contains: "nowhere" }, 1, leaving.signal);
  leaving.abort();
  await expect(reading).rejects.toMatchObject({ code: "cancelled" });
});

test("an unknown partition or topic is named", async () => {
  await expect(list(numbers, {}, 2)).rejects.toMatchObject({ code: "partition-not-found" });
  await expect(list(topics.name("missing"), {}, 0)).rejects.toMatchObject({ code: "topic-not-found" });
});
