import { expect, test } from "vitest";
import { partition, topic } from "#scripts/testing/cluster-view.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { PartitionTracker } from "./partition-tracker.ts";
import type { ReadRequest } from "./reader-event.ts";

const request: ReadRequest = {
  selection: { pattern: ".", internal: false },
  start: { kind: "now" },
  isolation: "uncommitted",
};
const NOBODY: ReadonlySet<string> = new Set();
const orders = topic("orders", [partition(0, [1]), partition(1, [2])]);
const again: MetadataTopic = { ...orders, topicId: "newer" };

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

test("a cursor counts for the topic with its id; another of that name is said to be made anew", () => {
  const cursor = { topics: [{ name: "orders", topicId: orders.topicId ?? "", next: new Map([[1, "42"]]) }] };
  const same = new PartitionTracker({ ...request, start: { kind: "cursor", cursor } }).observe([orders], NOBODY);
  expect(same.added.map(({ start }) => start)).toEqual([{ kind: "earliest" }, { kind: "offset", offset: "42" }]);
  expect(same.gone).toEqual([]);
  const other = new PartitionTracker({ ...request, start: { kind: "cursor", cursor } }).observe([again], NOBODY);
  expect(other.added.map(({ start }) => start)).toEqual([{ kind: "earliest" }, { kind: "earliest" }]);
  expect(other.gone).toEqual([{ reason: "recreated", topic: "orders", positions: [] }]);
});
