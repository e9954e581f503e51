import fc from "fast-check";
import { expect, test } from "vitest";
import { type LagAt, lagTrend } from "./lag-trend.ts";

const series = (lags: readonly (bigint | null)[]): LagAt[] => lags.map((lag, i) => ({ atMs: i * 10_000, lag }));
const direction = (lag: (i: number) => number) =>
  lagTrend(series(Array.from({ length: 31 }, (_, i) => BigInt(lag(i)))))?.direction;

test("there is none until two samples were read", () => {
  expect(lagTrend([])).toBeNull();
  expect(lagTrend(series([5n, null]))).toBeNull();
  expect(lagTrend(series([5n, null, 5n]))?.direction).toBe("steady");
});

test("direction is that of the last 5 minutes", () => {
  expect(direction((i) => 100 + i * 10)).toBe("growing");
  expect(direction((i) => 1_000 - i * 10)).toBe("shrinking");
  expect(direction(() => 1_000)).toBe("steady");
  const before = Array.from({ length: 300 }, (_, i) => BigInt(i * 1_000));
  const since = Array.from({ length: 31 }, () => 300_000n);
  expect(lagTrend(series([...before, ...since]))?.direction).toBe("steady");
});

test("a saw of commits is steady", () => {
  expect(direction((i) => (i % 3) * 40 + 500)).toBe("steady");
  expect(direction((i) => i % 5)).toBe("steady");
});

test("points are shares of the highest, the newest last, gaps stay gaps", () => {
  const { points, highest } = lagTrend(series([0n, 50n, null, 200n])) ?? {};
  expect(points).toEqual([0, 25, null, 100]);
  expect(highest).toBe("200");
});

test("an hour of samples is thirty points, whatever they are", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.bigInt(0n, 2n ** 63n - 1n)), { maxLength: 360 }), (lags) => {
      const trend = lagTrend(series(lags));
      if (trend === null) return;
      expect(trend.points.length).toBeLessThanOrEqual(30);
      for (const point of trend.points) if (point !== null) expect(point >= 0 && point <= 100).toBe(true);
      const newest = lags.at(-1);
      if (newest !== null && newest !== undefined) expect(trend.points.at(-1)).not.toBeNull();
    }),
  );
});
