import { expect, test } from "vitest";
import type { GroupLag } from "#lib/contracts/groups.ts";
import { chartTop, chartWindow, endLabels, lagSeries, linePaths, nearestSample, shareOf } from "./lag-chart.ts";

const HUGE = 9_007_199_254_740_993n;

function lagOf(lines: Record<number, (string | null)[]>, total: (string | null)[] = []): GroupLag {
  const partitions = Object.entries(lines).map(([partition, lag]) => ({
    topic: "orders",
    partition: Number(partition),
    lag,
  }));
  return { stepMs: 10_000, atMs: [], total, partitions, omitted: 0, observedSinceMs: null, observedAtMs: 0 };
}

test("a line for each partition, or one for all", () => {
  const lag = lagOf({ 0: ["1", null], 3: ["0", "2"] }, ["1", null]);
  expect(lagSeries(lag, "partitions").map(({ key, last }) => [key, last])).toEqual([
    ["orders-0", 1n],
    ["orders-3", 2n],
  ]);
  expect(lagSeries(lag, "total")).toMatchObject([{ key: "total", values: [1n, null], last: 1n }]);
});

test("the axis ends at a round number at or above the highest lag, however large", () => {
  const topOf = (...values: string[]) => chartTop(lagSeries(lagOf({ 0: values }), "partitions"));
  expect(["0", "1", "7", "41", "399", "18442"].map((value) => topOf(value))).toEqual([1n, 1n, 8n, 50n, 400n, 20_000n]);
  expect(topOf(HUGE.toString())).toBe(10n ** 16n);
  expect(shareOf(HUGE, 10n ** 16n)).toBeCloseTo(0.9007, 4);
});

test("what was not read is a gap, and what lies before the window is left out", () => {
  const scale = { fromMs: 0, toMs: 100_000 };
  const atMs = [-10_000, 0, 10_000, 20_000, 30_000, 100_000];
  expect(linePaths([9n, 0n, 10n, null, 5n, 10n], atMs, scale, 10n)).toEqual(["M0 100L10 0", "M30 50L100 0"]);
  expect(linePaths([null, 10n, null, null, null, null], atMs, scale, 10n)).toEqual(["M0 0h.01"]);
});

test("the window is the narrowest that shows all samples", () => {
  const minutes = (count: number) => [0, count * 60_000];
  expect(
    [[], [5], minutes(4), minutes(12), minutes(16), minutes(60)].map((atMs) => chartWindow(atMs).windowMs / 60_000),
  ).toEqual([5, 5, 5, 15, 30, 60]);
});

test("labels stand at the ends of their lines, never over one another; low ones share one", () => {
  const series = lagSeries(lagOf({ 0: ["1000"], 1: ["990"], 2: ["500"], 3: ["3"], 4: ["0"] }), "partitions");
  const labels = endLabels(series, 1_000n, 200);
  expect(labels.map((label) => [label.series.map(({ partition }) => partition), Math.round(label.y)])).toEqual([
    [[0], 0],
    [[1], 14],
    [[2], 100],
    [[3, 4], 199],
  ]);
});

test("labels that would fall below the ground push those above them up", () => {
  const values = Object.fromEntries([70, 68, 66, 64].map((value, partition) => [partition, [String(value)]]));
  const ys = endLabels(lagSeries(lagOf(values), "partitions"), 1_000n, 200).map(({ y }) => y);
  expect(ys).toEqual([158, 172, 186, 200]);
});

test("the pointer reads the nearest sample of the window", () => {
  const scale = { fromMs: 0, toMs: 100_000 };
  expect(nearestSample([-5_000, 10_000, 60_000], scale, 0.5)).toBe(2);
  expect(nearestSample([-5_000, 10_000, 60_000], scale, 0)).toBe(1);
  expect(nearestSample([-5_000], scale, 0)).toBeNull();
});
