import { expect, test } from "vitest";
import { median, percentile, timed } from "./measure.ts";

test("the median is the middle value, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 9, 2])).toBe(3);
  expect(median([])).toBeNaN();
});

test("warm-up calls are made but not counted", async () => {
  let calls = 0;
  const tookMs = await timed(3, 2, async () => {
    calls++;
  });
  expect(calls).toBe(5);
  expect(tookMs).toHaveLength(3);
});

test("a percentile is a value that was measured", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([percentile(hundred, 50), percentile(hundred, 99), percentile(hundred, 100)]).toEqual([50, 99, 100]);
  expect(percentile([7], 1)).toBe(7);
  expect(percentile([], 50)).toBeNaN();
});
