import { expect, test } from "vitest";
import { StorageGrowth } from "./storage-growth.ts";

const SECOND = 1_000;

test("bytes a second, from the second sample on, over ten minutes at most", () => {
  const growth = new StorageGrowth();
  expect(growth.add("orders", "a", 1_000n, 0)).toBeNull();
  expect(growth.add("orders", "a", 3_000n, 10 * SECOND)).toBe(200);
  expect(growth.add("orders", "a", 3_000n, 20 * SECOND)).toBe(100);
  // The first two are too old by then.
  expect(growth.add("orders", "a", 1_500n, 10 * 60 * SECOND + 15 * SECOND)).toBeCloseTo(-1_500 / 595);
});

test("samples that are too close together, or lack a leader, don't count", () => {
  const growth = new StorageGrowth();
  growth.add("orders", "a", 1_000n, 0);
  expect(growth.add("orders", "a", 9_000n, 500)).toBeNull();
  expect(growth.add("orders", "a", null, 5 * SECOND)).toBeNull();
  expect(growth.add("orders", "a", 2_000n, 10 * SECOND)).toBe(100);
});

test("a topic that was made again begins anew; others are others", () => {
  const growth = new StorageGrowth();
  growth.add("orders", "a", 1_000n, 0);
  expect(growth.add("orders", "b", 5_000n, 10 * SECOND)).toBeNull();
  expect(growth.add("payments", "c", 5_000n, 20 * SECOND)).toBeNull();
  expect(growth.add("orders", "b", 6_000n, 20 * SECOND)).toBe(100);
});

test("of many topics, those that nobody asks for are forgotten", () => {
  const growth = new StorageGrowth();
  for (let topic = 0; topic <= 500; topic++) growth.add(`t${topic}`, null, 0n, 0);
  expect(growth.add("t0", null, 1_000n, SECOND)).toBeNull();
  expect(growth.add("t500", null, 1_000n, SECOND)).toBe(1_000);
});
