import { afterAll, expect, test } from "vitest";
import { groupsOfTopic } from "#scripts/testing/groups-of-topic.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { fetchOnce } from "./fetch-once.ts";
import { PartitionTable } from "./partition-table.ts";
import type { ReadRequest } from "./reader-event.ts";
import { RecordReader } from "./record-reader.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const { reading } = ctx;

afterAll(() => topics.close());

const request = (topic: string): ReadRequest => ({
  selection: { topics: [topic], partitions: null },
  start: { kind: "now" },
  isolation: "uncommitted",
});
const open = (topic: string) => RecordReader.open(reading, request(topic), new PartitionTable(), ctx.signal);
/** What keeps this process busy: "TCPSocketWrap", "Timeout". */
const resources = (kind: string) => process.getActiveResourcesInfo().filter((one) => one === kind).length;

/** A fifth of what a long poll takes. */
const CLOSES_WITHIN_MS = 100;
/** One of so many times, on a machine that is busy with other things: a close that waited for the polls would never be that fast. */
const CLOSES = 5;

test("hundreds of readers come and go: no socket, no timer, no group is left", async () => {
  const topic = await topics.create({ partitions: 60 });
  await topics.send(topic, [{ value: "first", partition: 0 }]);
  const socketsBefore = resources("TCPSocketWrap");
  const timersBefore = resources("Timeout");

  const first = { topic, partition: 0, offset: 0n, maxBytes: 1_000, isolation: "committed" } as const;
  await fetchOnce(reading, first, new PartitionTable(), ctx.signal);
  for (let round = 0; round < 15; round++) {
    const readers = await Promise.all(Array.from({ length: 20 }, () => open(topic)));
    // Some leave while their leaders are being connected to, some while they wait.
    if (round % 2 === 0) await Promise.all(readers.map((reader) => reader.next()));
    await Promise.all(readers.map((reader) => reader.close()));
    expect(reading.leased).toBe(0);
  }
  // Not more than the few connections that are kept for the next reader, and those for questions.
  await expect.poll(() => resources("TCPSocketWrap") - socketsBefore).toBeLessThanOrEqual(15);
  expect(await groupsOfTopic(ctx, topic)).toEqual([]);
  await close();
  await expect.poll(() => resources("TCPSocketWrap")).toBeLessThanOrEqual(socketsBefore);
  // The two of polling itself come on top.
  await expect.poll(() => resources("Timeout")).toBeLessThanOrEqual(timersBefore + 2);
});

test("a reader closes at once, also while a long poll of each leader is open", async () => {
  const { ctx: own, close: closeOwn } = serviceContext();
  const topic = await topics.create();
  const took: number[] = [];
  for (let round = 0; round < CLOSES; round++) {
    const reader = await RecordReader.open(own.reading, request(topic), new PartitionTable(), own.signal);
    await reader.next();
    await expect.poll(() => own.reading.leased).toBeGreaterThan(0);
    const startedMs = performance.now();
    await reader.close();
    took.push(performance.now() - startedMs);
    expect(own.reading.leased).toBe(0);
  }
  expect(Math.min(...took)).toBeLessThan(CLOSES_WITHIN_MS);
  await closeOwn();
});

test("a reader that is being opened can be given up", async () => {
  const { ctx: other, close: closeOther } = serviceContext();
  const topic = await topics.create();
  const leaving = new AbortController();
  const opening = RecordReader.open(other.reading, request(topic), new PartitionTable(), leaving.signal);
  leaving.abort();
  await expect(opening).rejects.toMatchObject({ code: "cancelled" });
  expect(other.reading.leased).toBe(0);
  await closeOther();
});
