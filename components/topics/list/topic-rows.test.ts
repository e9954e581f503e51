import { expect, test } from "vitest";
import type { TopicSummary } from "#lib/contracts/topics.ts";
import { filterTopics, troubleOf } from "./topic-filter.ts";
import { topicRows } from "./topic-rows.ts";

const topic = (name: string, rest: Partial<TopicSummary> = {}): TopicSummary => ({
  name,
  internal: false,
  partitionCount: 3,
  replicationFactor: 3,
  offline: 0,
  underReplicated: 0,
  messages: "10",
  ...rest,
});
const configs = {
  common: { cleanupPolicy: "delete", retentionMs: "604800000", retentionBytes: "-1", minInsyncReplicas: 2 },
  topics: { compacted: { cleanupPolicy: "compact" } },
  missing: [],
  observedAtMs: 1,
};
const nothing = { sizes: undefined, configs: undefined, rates: undefined };
const only = (rows: ReturnType<typeof topicRows>) => {
  const [row] = rows;
  if (row === undefined) throw new Error("no row");
  return row;
};

test("what has not been read yet is undefined, what failed is null", () => {
  expect(only(topicRows({ topics: [topic("a")], ...nothing }))).toMatchObject({
    sizeBytes: undefined,
    rate: undefined,
  });
  expect(only(topicRows({ topics: [topic("a")], sizes: null, configs: null, rates: null }))).toMatchObject({
    sizeBytes: null,
    rate: null,
    cleanupPolicy: null,
  });
});

test("a topic that the sizes don't name is unknown, never empty", () => {
  const sizes = { sizes: { b: "0" }, atLeast: {}, missing: [], observedAtMs: 1 };
  const rows = topicRows({ topics: [topic("a"), topic("b")], ...nothing, sizes });
  expect(rows.map(({ sizeBytes }) => sizeBytes)).toEqual([null, 0n]);
});

test("topics named as what every object has are rows as any other", () => {
  const names = ["__proto__", "constructor", "toString", "valueOf"];
  const rows = topicRows({
    topics: names.map((name) => topic(name)),
    sizes: { sizes: {}, atLeast: {}, missing: [], observedAtMs: 1 },
    configs: { ...configs, topics: {} },
    rates: { atMs: [1, 2], rates: {}, sinceMs: 1, observedAtMs: 2 },
  });
  expect(rows.map(({ sizeBytes, rate, cleanupPolicy }) => [sizeBytes, rate, cleanupPolicy])).toEqual(
    names.map(() => [null, 0, "delete"]),
  );
});

test("a size without the replicas on a broker that did not answer is a lower bound", () => {
  const sizes = { sizes: { a: "3" }, atLeast: { b: "2" }, missing: [], observedAtMs: 1 };
  const rows = topicRows({ topics: [topic("a"), topic("b")], ...nothing, sizes });
  expect(rows.map(({ sizeBytes, sizeIsLowerBound }) => [sizeBytes, sizeIsLowerBound])).toEqual([
    [3n, false],
    [2n, true],
  ]);
});

test("a topic's own configs win over the common ones; compaction makes its count an upper bound", () => {
  const rows = topicRows({ topics: [topic("plain"), topic("compacted")], ...nothing, configs });
  expect(
    rows.map(({ cleanupPolicy, retentionMs, messagesAreUpperBound }) => [
      cleanupPolicy,
      retentionMs,
      messagesAreUpperBound,
    ]),
  ).toEqual([
    ["delete", 604800000n, false],
    ["compact", 604800000n, true],
  ]);
});

test("a topic that the rates don't name wrote nothing; before the second sample nobody knows", () => {
  const rates = { atMs: [1, 2], rates: { a: [null, 4] }, sinceMs: 1, observedAtMs: 2 };
  const rows = topicRows({ topics: [topic("a"), topic("b")], ...nothing, rates });
  expect(rows.map(({ rate }) => rate)).toEqual([4, 0]);
  const [, still, alike] = topicRows({ topics: [topic("a"), topic("b"), topic("c")], ...nothing, rates });
  expect(alike?.rates).toBe(still?.rates);
  const first = { atMs: [], rates: {}, sinceMs: null, observedAtMs: 1 };
  expect(only(topicRows({ topics: [topic("a")], ...nothing, rates: first })).rate).toBeUndefined();
});

test("under min ISR counts partitions that have a leader and too few replicas in sync", () => {
  const sick = topic("a", { isrByPartition: "013", offline: 1, underReplicated: 1 });
  expect(only(topicRows({ topics: [sick], ...nothing, configs })).underMinIsr).toBe(1);
  expect(only(topicRows({ topics: [sick], ...nothing })).underMinIsr).toBeNull();
  // min.insync.replicas 2 with one replica: the leader asks for one.
  const single = topic("b", { replicationFactor: 1, isrByPartition: "101", offline: 1 });
  expect(only(topicRows({ topics: [single], ...nothing, configs })).underMinIsr).toBe(0);
});

test("internal topics that match are counted while they are hidden", () => {
  const rows = topicRows({ topics: [topic("a"), topic("__offsets", { internal: true })], ...nothing });
  const filter = { name: { kind: "all" }, health: "any", internal: false } as const;
  expect(filterTopics(rows, filter)).toMatchObject({ rows: [{ name: "a" }], hiddenInternal: 1 });
  expect(filterTopics(rows, { ...filter, internal: true })).toMatchObject({ rows: { length: 2 }, hiddenInternal: 0 });
});

test("one offline partition is worse than any number of under-replicated ones", () => {
  const rows = topicRows({
    topics: [
      topic("a", { underReplicated: 9_999, isrByPartition: "2" }),
      topic("b", { offline: 1, isrByPartition: "0" }),
    ],
    ...nothing,
    configs,
  });
  expect(rows.toSorted((a, b) => troubleOf(b) - troubleOf(a)).map(({ name }) => name)).toEqual(["b", "a"]);
});

test("a topic whose min.insync.replicas isn't known is undecided, not healthy", () => {
  const topics = [topic("short", { isrByPartition: "331", underReplicated: 1 }), topic("whole")];
  const find = (read: typeof configs | null) =>
    filterTopics(topicRows({ topics, ...nothing, configs: read }), {
      name: { kind: "all" },
      health: "under-min-isr",
      internal: false,
    });
  expect(find(null)).toMatchObject({ rows: [], undecided: 1 });
  expect(find(configs)).toMatchObject({ rows: [{ name: "short" }], undecided: 0 });
});
