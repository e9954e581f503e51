import { expect, test } from "vitest";
import { isrTicks, readIsrDigits } from "./isr-ticks.ts";

const topic = { partitionCount: 4, replicationFactor: 3, minInSync: 2 };

test("a topic without digits has every replica in sync", () => {
  expect(readIsrDigits(undefined)).toBeUndefined();
  expect(isrTicks({ ...topic, inSync: undefined }).map(({ state }) => state)).toEqual(["full", "full", "full", "full"]);
});

test("each partition's tick is its state, as high as its share in sync", () => {
  const ticks = isrTicks({ ...topic, inSync: readIsrDigits("3210") });
  expect(ticks.map(({ state }) => state)).toEqual(["full", "missing", "under-min", "offline"]);
  expect(ticks.map(({ share }) => Math.round(share * 100))).toEqual([100, 67, 33, 0]);
});

test("without min.insync.replicas nothing is called under it", () => {
  expect(isrTicks({ ...topic, minInSync: null, inSync: readIsrDigits("1111") })[0]?.state).toBe("missing");
});

test("min.insync.replicas above the replication factor asks for every replica, not for more", () => {
  const ticks = isrTicks({ inSync: [1, 0], partitionCount: 2, replicationFactor: 1, minInSync: 2 });
  expect(ticks.map(({ state }) => state)).toEqual(["full", "offline"]);
});

test("ten and more replicas are read as ten", () => {
  expect(readIsrDigits("+9")).toEqual([10, 9]);
});

test("above 24 partitions a tick is the worst of its run, and none is left out", () => {
  const inSync = Array.from({ length: 100 }, (_, partition) => (partition === 99 ? 0 : 3));
  const ticks = isrTicks({ partitionCount: 100, replicationFactor: 3, minInSync: 2, inSync });
  expect(ticks).toHaveLength(24);
  expect(ticks.at(-1)?.state).toBe("offline");
  expect(ticks.filter(({ state }) => state !== "full")).toHaveLength(1);
});
