import { expect, test } from "vitest";
import { nearestPoint, niceTop, rulerPaths, rulerTicks } from "./ruler-chart.ts";

const scale = { fromMs: 0, toMs: 100_000, top: 10 };

test("the axis ends at a round number at or above the highest value", () => {
  expect([0, 0.3, 1, 7, 41, 399, 66_000].map(niceTop)).toEqual([1, 0.4, 1, 8, 50, 400, 80_000]);
});

test("a missing step breaks the line, it is not drawn across", () => {
  const points = [0, 5_000, 20_000, 25_000].map((atMs) => ({ atMs, value: 10 }));
  expect(rulerPaths(points, scale, 5_000)).toEqual(["M0 0L5 0", "M20 0L25 0"]);
});

test("a reading alone still leaves a mark", () => {
  expect(rulerPaths([{ atMs: 50_000, value: 5 }], scale, 5_000)).toEqual(["M50 50h.01"]);
});

test("points outside the window are left out", () => {
  expect(rulerPaths([{ atMs: -1, value: 5 }], scale, 5_000)).toEqual([]);
});

test("ticks stand on round times, longest where they are labelled", () => {
  const ticks = rulerTicks({ fromMs: 52_000, toMs: 125_000 }, { fineMs: 10_000, halfMs: 30_000, wholeMs: 60_000 });
  expect(ticks.map(({ atMs, size }) => [atMs, size])).toEqual([
    [60_000, "whole"],
    [70_000, "fine"],
    [80_000, "fine"],
    [90_000, "half"],
    [100_000, "fine"],
    [110_000, "fine"],
    [120_000, "whole"],
  ]);
});

test("the nearest point is found from either side", () => {
  const points = [10_000, 20_000].map((atMs) => ({ atMs, value: 1 }));
  expect(nearestPoint(points, scale, 0.14)?.atMs).toBe(10_000);
  expect(nearestPoint(points, scale, 0.99)?.atMs).toBe(20_000);
  expect(nearestPoint([], scale, 0.5)).toBeNull();
});
