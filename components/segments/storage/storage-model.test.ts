import { expect, test } from "vitest";
import { HOUR, MIB, NOW_MS, stored, unread } from "./storage.fixture.ts";
import { storageOf } from "./storage-model.ts";

test("sums: the data once, and with its replicas and the copies that are being made", () => {
  const storage = storageOf({
    replicas: [
      stored(0, 1, 10, { leader: true, freesBytes: "5" }),
      stored(0, 2, 9, { freesBytes: "7" }),
      stored(1, 2, 0, { leader: true, futureBytes: String(3 * MIB) }),
      stored(1, 1, 4),
    ],
  });
  expect(storage.once).toEqual({ bytes: BigInt(10 * MIB), isLowerBound: false });
  expect(storage.onDisk).toEqual({ bytes: BigInt(26 * MIB), isLowerBound: false });
  expect(storage.frees).toEqual({ bytes: 12n, isLowerBound: false });
  expect(storage.segments).toBe(4);
});

test("what isn't known is no 0: sums are lower bounds, or nothing at all", () => {
  const some = storageOf({
    replicas: [stored(0, 1, 10, { leader: true, ...unread }), stored(0, 2, null), stored(1, 2, 3, { ...unread })],
  });
  // Partition 1 has no leader: what its replica holds.
  expect(some.once).toEqual({ bytes: BigInt(13 * MIB), isLowerBound: false });
  expect(some.onDisk).toEqual({ bytes: BigInt(13 * MIB), isLowerBound: true });
  // At least 0 says nothing.
  expect(some.frees).toEqual({ bytes: null, isLowerBound: true });
  const none = storageOf({ replicas: [stored(0, 1, null, { leader: true, ...unread })] });
  expect(none.once.bytes).toBeNull();
  expect(none.frees.bytes).toBeNull();
  expect(none.segments).toBeNull();
  expect(none.oldest).toBeNull();
});

test("age is told by the leader's files, else by any that are read", () => {
  const { oldest, unaged, nextGoesAtMs } = storageOf({
    replicas: [
      stored(0, 1, 1, { leader: true, nextGoesAtMs: NOW_MS + 2 * HOUR }),
      stored(0, 2, 1, { oldestTimestampMs: "1" }),
      stored(1, 3, 1, { leader: true, ...unread }),
      stored(1, 2, 1, { oldestTimestampMs: String(NOW_MS - 9 * HOUR), nextGoesAtMs: NOW_MS + HOUR }),
      stored(2, 3, 1, { leader: true, ...unread }),
      stored(3, 1, 0, { leader: true, oldestTimestampMs: null }),
    ],
  });
  expect(oldest).toMatchObject({ partition: 1, brokerId: 2, oldestMs: BigInt(NOW_MS - 9 * HOUR) });
  // Partition 2; partition 3 is empty.
  expect(unaged).toBe(1);
  expect(nextGoesAtMs).toBe(NOW_MS + HOUR);
});
