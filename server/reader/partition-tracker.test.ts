import { describe, expect, test } from "vitest";
import type { TailCursor } from "#lib/tail/cursor.ts";
import { topic as metadataTopic, partition } from "#scripts/testing/cluster-view.ts";
import type { MetadataPartition } from "../kafka/read-metadata.ts";
import { PartitionTracker } from "./partition-tracker.ts";
import type { ReadRequest } from "./reader-event.ts";
import type { SelectedTopic } from "./select-topics.ts";

const request: ReadRequest = {
  selection: { pattern: ".", internal: false },
  start: { kind: "now" },
  isolation: "uncommitted",
};
const topic = (name: string, partitions: readonly MetadataPartition[]): SelectedTopic => ({
  ...metadataTopic(name, partitions),
  partitionCount: partitions.length,
});
const NOBODY: ReadonlySet<string> = new Set();
const orders = topic("orders", [partition(0, [1]), partition(1, [2])]);
const again: SelectedTopic = { ...orders, topicId: "newer" };

test("the first topics start as asked; partitions and topics that come later, at their beginning", () => {
  const tracker = new PartitionTracker(request);
  expect(tracker.observe([orders], NOBODY).added.map(({ start }) => start?.kind)).toEqual(["now", "now"]);
  const grown = { ...orders, partitions: [...orders.partitions, partition(2, [3])] };
  const { added } = tracker.observe([grown, topic("payments", [partition(0, [1])])], NOBODY);
  expect(added.map((one) => `${one.topic}-${one.partition} ${one.start?.kind}`)).toEqual([
    "orders-2 earliest",
    "payments-0 earliest",
  ]);
});

test("a leader told by a broker that is behind is not believed", () => {
  const tracker = new PartitionTracker(request);
  const led = (leader: number, leaderEpoch: number) => topic("t", [partition(0, [1, 2], { leader, leaderEpoch })]);
  tracker.observe([led(1, 5)], NOBODY);
  tracker.observe([led(2, 6)], NOBODY);
  tracker.observe([led(1, 5)], NOBODY);
  expect([...tracker.positions()].map(({ leader }) => leader)).toEqual([2]);
});

test("a topic is gone when it was not there twice in a row, unless nobody could say", () => {
  const tracker = new PartitionTracker(request);
  tracker.observe([orders], NOBODY);
  expect(tracker.observe([], NOBODY).gone).toEqual([]);
  expect(tracker.isDoubtful).toBe(true);
  expect(tracker.observe([orders], NOBODY).gone).toEqual([]);
  tracker.observe([], NOBODY);
  expect(tracker.observe([], new Set(["orders"])).gone).toEqual([]);
  expect(tracker.observe([], NOBODY).gone).toMatchObject([{ reason: "deleted", topic: "orders" }]);
  expect([...tracker.positions()]).toEqual([]);
});

test("a topic that was thought gone and is there after all goes on where it stopped", () => {
  const tracker = new PartitionTracker(request);
  for (const one of tracker.observe([orders], NOBODY).added) Object.assign(one, { start: null, next: 7n });
  tracker.observe([], NOBODY);
  tracker.observe([], NOBODY);
  const { added } = tracker.observe([orders], NOBODY);
  expect(added.map(({ start }) => start)).toEqual([
    { kind: "offset", offset: "7" },
    { kind: "offset", offset: "7" },
  ]);
});

test("the same name with another id is another topic, and the old one doesn't come back", () => {
  const tracker = new PartitionTracker(request);
  const [before] = tracker.observe([orders], NOBODY).added;
  const { added, gone } = tracker.observe([again], NOBODY);
  expect(gone).toMatchObject([{ reason: "recreated", topic: "orders" }]);
  expect(added.map(({ topicId, start }) => [topicId, start?.kind])).toEqual([
    ["newer", "earliest"],
    ["newer", "earliest"],
  ]);
  expect(before && tracker.tracks(before)).toBe(false);
  expect(tracker.observe([orders], NOBODY)).toEqual({ added: [], gone: [] });
  expect([...tracker.positions()].every(({ topicId }) => topicId === "newer")).toBe(true);
});

describe("a cursor", () => {
  const ordersId = orders.topicId ?? "";
  const startsOf = (cursor: TailCursor, differs: Partial<ReadRequest> = {}, topics = [orders]) => {
    const start = { kind: "cursor", cursor, unnamed: { kind: "now" } } as const;
    const tracker = new PartitionTracker({ ...request, start, ...differs });
    const { added, gone } = tracker.observe(topics, NOBODY);
    const starts = added.map(({ start }) => (start?.kind === "offset" ? start.offset : start?.kind));
    return { starts, gone, topics: [...tracker.topics().values()] };
  };
  const of = (partitions: number, ...next: [number, string][]): TailCursor => ({
    topics: [{ name: "orders", topicId: ordersId, partitions, next: new Map(next) }],
  });

  test("counts for the topic with its id; another of that name is said to be made anew", () => {
    expect(startsOf(of(1, [0, "42"]))).toMatchObject({ starts: ["42", "earliest"], gone: [] });
    expect(startsOf(of(2, [1, "42"]), {}, [again])).toEqual({
      starts: ["earliest", "earliest"],
      gone: [{ reason: "recreated", topic: "orders", positions: [] }],
      topics: [{ name: "orders", partitions: 0 }],
    });
  });

  test("that doesn't name a partition which was there: it begins as the tail was asked to, and not at its beginning", () => {
    expect(startsOf(of(2, [1, "42"]))).toMatchObject({ starts: ["now", "42"] });
    expect(startsOf(of(2))).toMatchObject({ starts: ["now", "now"] });
  });

  test("keeps the number of partitions from the tail's beginning; what came since begins at its beginning", () => {
    const told = startsOf(of(1, [0, "42"]), {}, [orders, topic("payments", [partition(0, [1])])]);
    expect(told.starts).toEqual(["42", "earliest", "earliest"]);
    expect(told.topics).toEqual([
      { name: "orders", partitions: 1 },
      { name: "payments", partitions: 0 },
    ]);
  });

  test("without topics, of a pattern that matched nothing: all are read from their beginning", () => {
    expect(startsOf({ topics: [] })).toMatchObject({ starts: ["earliest", "earliest"], gone: [] });
  });

  test("of a key whose partition was chosen for fewer partitions: the others from their beginning", () => {
    const selection = { topics: ["orders"], partitions: [1], asLongAs: { topicId: ordersId, partitions: 2 } };
    expect(startsOf(of(2, [1, "42"]), { selection })).toMatchObject({ starts: ["earliest", "42"] });
  });
});
