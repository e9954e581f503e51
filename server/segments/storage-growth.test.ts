import { expect, test } from "vitest";
import { StorageGrowth } from "./storage-growth.ts";

const SECOND = 1_000;

test("bytes a second and what they were sampled over, from the second sample on, over ten minutes at most", () => {
  const growth = new StorageGrowth();
  expect(growth.add("orders", "a", 1_000n, 0)).toBeNull();
  expect(growth.add("orders", "a", 3_000n, 10 * SECOND)).toEqual({ bytesPerSecond: 200, overMs: 10 * SECOND });
  expect(growth.add("orders", "a", 3_000n, 20 * SECOND)).toEqual({ bytesPerSecond: 100, overMs: 20 * SECOND });
  // The first two are too old by then.
  const last = growth.add("orders", "a", 1_500n, 10 * 60 * SECOND + 15 * SECOND);
  expect(last).toEqual({ bytesPerSecond: expect.closeTo(-1_500 / 595), overMs: 595 * SECOND });
});

test("however many look, the window stays ten minutes", () => {
  const growth = new StorageGrowth();
  for (let atMs = 0; atMs < 9 * 60 * SECOND; atMs += 500) growth.add("orders", "a", BigInt(atMs), atMs);
  expect(growth.add("orders", "a", 540_000n, 540 * SECOND)).toEqual({ bytesPerSecond: 1_000, overMs: 540 * SECOND });
});

test("samples that are too close together, or lack a leader, don't count", () => {
  const growth = new StorageGrowth();
  growth.add("orders", "a", 1_000n, 0);
  expect(growth.add("orders", "a", 9_000n, 500)).toBeNull();
  expect(growth.add("orders", "a", null, 5 * SECOND)).toBeNull();
  expect(growth.add("orders", "a", 2_000n, 10 * SECOND)).toMatchObject({ bytesPerSecond: 100 });
  expect(growth.add("orders", "a", null, 20 * SECOND)).toBeNull();
});

test("a topic that was made again begins anew; others are others", () => {
  const growth = new StorageGrowth();
  growth.add("orders", "a", 1_000n, 0);
  expect(growth.add("orders", "b", 5_000n, 10 * SECOND)).toBeNull();
  expect(growth.add("payments", "c", 5_000n, 20 * SECOND)).toBeNull();
  expect(growth.add("orders", "b", 6_000n, 20 * SECOND)).toMatchObject({ bytesPerSecond: 100 });
});

test("of many topics, those that nobody asks for are forgotten", () => {
  const growth = new StorageGrowth();
  for (let topic = 0; topic <= 500; topic++) growth.add(`t${topic}`, null, 0n, 0);
  expect(growth.add("t0", null, 5_000n, 5 * SECOND)).toBeNull();
  expect(growth.add("t500", null, 5_000n, 5 * SECOND)).toMatchObject({ bytesPerSecond: 1_000 });
});
