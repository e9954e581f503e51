import { expect, test } from "vitest";
import { groupOf, partitionOf, verdictOf } from "./group.fixture.ts";
import { lagRows, lagTotals, topicsOf } from "./lag-rows.ts";

const BEYOND_DOUBLE = 9_007_199_254_740_993n;

test("sums keep every digit, and no partition's lag is left out", () => {
  const partitions = [
    partitionOf("orders", 0, { lag: BEYOND_DOUBLE.toString() }),
    partitionOf("orders", 1, { lag: "1", timeLag: { ms: 5_000, how: "exact", atLeast: false } }),
  ];
  expect(lagTotals(lagRows(groupOf({ partitions }), "high-watermark", null))).toMatchObject({
    lag: BEYOND_DOUBLE + 1n,
    largest: BEYOND_DOUBLE,
    unread: 0,
    timeLag: { ms: 5_000 },
  });
});

test("a partition without a commit counts whole, and is told apart", () => {
  const partitions = [
    partitionOf("orders", 0, { lag: "10" }),
    partitionOf("orders", 1, { committedOffset: null, lag: "9312", committedPerSecond: null }),
  ];
  const rows = lagRows(groupOf({ partitions }), "high-watermark", null);
  expect(rows.map(({ remark, level }) => [remark, level])).toEqual([
    [null, "plain"],
    ["no-commit", "warn"],
  ]);
  expect(lagTotals(rows)).toMatchObject({ lag: 9_322n, uncommitted: 1, uncommittedLag: 9_312n, committedPerSecond: 0 });
});

test("of partitions without a commit alone no committing rate is known", () => {
  const uncommitted = { committedOffset: null, lag: "5", committedPerSecond: null };
  const partitions = [
    partitionOf("orders", 0, { ...uncommitted, memberId: "m-1" }),
    partitionOf("orders", 1, uncommitted),
  ];
  const totals = lagTotals(lagRows(groupOf({ partitions }), "high-watermark", null));
  expect(totals).toMatchObject({ committedPerSecond: null, uncommitted: 2, uncommittedHeld: 1 });
});

test("what could not be read is unknown: not 0, not a missing commit", () => {
  const partitions = [
    partitionOf("orders", 0, { lag: "10", producedPerSecond: 2 }),
    partitionOf("orders", 1, { committedOffset: null, committedRead: false, lag: null, producedPerSecond: null }),
  ];
  const rows = lagRows(groupOf({ partitions }), "high-watermark", null);
  expect(rows[1]).toMatchObject({ remark: "unread", lag: null, level: "plain" });
  expect(lagTotals(rows)).toMatchObject({ lag: 10n, unread: 1, uncommitted: 0, producedPerSecond: null });
  expect(lagTotals(rows.slice(1)).lag).toBeNull();
});

test("to the last stable offset the lag is what a read_committed consumer can read", () => {
  const partitions = [partitionOf("orders", 0, { lag: "10", stableLag: "4", lastStableOffset: "94" })];
  expect(lagRows(groupOf({ partitions }), "last-stable", null)[0]).toMatchObject({ lag: 4n, end: 94n });
});

test("what retention deleted is summed; a row is as bad as the worst verdict that names it", () => {
  const partitions = [
    partitionOf("orders", 0, { lost: "50" }),
    partitionOf("orders", 1),
    partitionOf("orders", 2, { nothingReadable: true, lag: "1" }),
  ];
  const verdicts = [
    verdictOf({ kind: "hot-partition", severity: "warning", partitions: [{ topic: "orders", partition: 1 }] }),
    verdictOf({ kind: "stuck", severity: "critical", partitions: [{ topic: "orders", partition: 1 }] }),
    verdictOf({ kind: "idle-members", severity: "info", partitions: [{ topic: "orders", partition: 2 }] }),
  ];
  const rows = lagRows(groupOf({ partitions, verdicts }), "high-watermark", null);
  expect(rows.map(({ remark, level }) => [remark, level])).toEqual([
    ["lost", "warn"],
    [null, "crit"],
    ["nothing-readable", "plain"],
  ]);
  expect(lagTotals(rows)).toMatchObject({ pastRetention: 1, lost: 50n });
});

test("of one topic, only its rows", () => {
  const partitions = [partitionOf("orders", 0), partitionOf("payments", 0), partitionOf("payments", 1)];
  expect(topicsOf(partitions)).toEqual(["orders", "payments"]);
  expect(lagRows(groupOf({ partitions }), "high-watermark", "payments").map(({ key }) => key)).toEqual([
    "payments-0",
    "payments-1",
  ]);
});
