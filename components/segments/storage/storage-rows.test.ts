import { expect, test } from "vitest";
import type { StoredReplica } from "#lib/contracts/topic-storage.ts";
import { MIB, stored } from "./storage.fixture.ts";
import { storageOf } from "./storage-model.ts";
import { partitionRows, replicaRows, sortedBy } from "./storage-rows.ts";

const none = new Set<number>();
const follower = (mib: number | null, differs: Partial<StoredReplica> = {}) => {
  const storage = storageOf({ replicas: [stored(0, 1, 20, { leader: true }), stored(0, 2, mib, differs)] });
  return replicaRows(storage, false).find(({ brokerId }) => brokerId === 2)?.state;
};

test("a follower that lags, one that differs, one that isn't told, one that moves", () => {
  expect(follower(5, { inSync: false, offsetLag: "1234" })).toMatchObject({ glyph: "triangle", word: "1,234 behind" });
  expect(follower(15)).toMatchObject({ glyph: "note", word: "5.00\u00a0MiB less" });
  expect(follower(25)?.sentence).toContain("deletes segments by itself");
  expect(follower(null)).toMatchObject({ glyph: "dash", word: "size unknown" });
  expect(follower(20, { futureBytes: String(MIB) })).toMatchObject({ glyph: "arrows", word: "moving" });
});

test("a replica that isn't in sync is that first, whether its size is known or not", () => {
  expect(follower(null, { inSync: false, offsetLag: null })).toMatchObject({ glyph: "triangle", word: "not in sync" });
});

test("a partition says how many of its replicas' sizes aren't known, not that its own isn't", () => {
  const state = (leader: number | null) =>
    partitionRows(
      storageOf({ replicas: [stored(0, 1, leader, { leader: true }), stored(0, 2, null), stored(0, 3, 20)] }),
      none,
      false,
    )[0]?.state;
  expect(state(20)).toMatchObject({ word: "1\u00a0size unknown" });
  expect(state(20)?.sentence).toBe("Broker 2 doesn't tell the size of its replica.");
  expect(state(null)).toMatchObject({ word: "size unknown" });
});

test("sorted by state where all are as they should be is sorted by size, and the head says so", () => {
  const [byState, byPartition] = [
    { id: "state", desc: true },
    { id: "partition", desc: false },
  ];
  const rows = partitionRows(storageOf({ replicas: [stored(0, 1, 2, { leader: true })] }), none, false);
  expect(sortedBy(rows, byState)).toEqual({ id: "size", desc: true });
  expect(sortedBy(rows, byPartition)).toEqual(byPartition);
  expect(sortedBy(partitionRows(storageOf({ replicas: [stored(0, 1, 2)] }), none, false), byState)).toEqual(byState);
});

test("below a tenth, or 1 MiB, sizes are alike", () => {
  expect(follower(20)).toBeNull();
  expect(follower(18.1)).toBeNull();
  const small = storageOf({ replicas: [stored(0, 1, 0.5, { leader: true }), stored(0, 2, 0)] });
  expect(replicaRows(small, true).every(({ state }) => state === null)).toBe(true);
});

test("a compacted topic's replicas differ because each broker compacts by itself", () => {
  const storage = storageOf({ replicas: [stored(0, 1, 20, { leader: true }), stored(0, 2, 10)] });
  expect(replicaRows(storage, true)[1]?.state?.sentence).toContain("compacts by itself");
});

test("partitions: the worst of their replicas, then hot, then size", () => {
  const storage = storageOf({
    replicas: [
      stored(0, 1, 5, { leader: true }),
      stored(1, 1, 30, { leader: true }),
      stored(2, 1, 5, { leader: true }),
      stored(2, 2, 5, { inSync: false, offsetLag: "9" }),
      stored(3, 2, 7),
    ],
  });
  const rows = partitionRows(storage, new Set([1]), false);
  expect(rows.map(({ partition, state }) => [partition, state?.word ?? null])).toEqual([
    [1, "hot"],
    // By what a broker that is away holds.
    [3, "no leader"],
    [0, null],
    [2, "9 behind"],
  ]);
  expect(rows.toSorted((a, b) => (b.state?.rank ?? 0) - (a.state?.rank ?? 0)).map((row) => row.partition)).toEqual([
    3, 2, 1, 0,
  ]);
  expect(rows[1]).toMatchObject({
    sizeBytes: BigInt(7 * MIB),
    state: { sentence: expect.stringContaining("largest replica") },
  });
  const [unknown] = partitionRows(storageOf({ replicas: [stored(0, 1, null)] }), none, false);
  expect(unknown).toMatchObject({ sizeBytes: null, state: { sentence: expect.stringContaining("unknown until") } });
  expect(partitionRows(storage, none, false).find(({ partition }) => partition === 1)?.state).toBeNull();
});
