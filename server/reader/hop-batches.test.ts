import fc from "fast-check";
import { expect, test } from "vitest";
import { hopBatches } from "./hop-batches.ts";

/** Only what hopping looks at. */
function batch(baseOffset: bigint, lastOffsetDelta: number, payload = 10): Buffer {
  const bytes = Buffer.alloc(61 + payload);
  bytes.writeBigInt64BE(baseOffset, 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(2, 16);
  bytes.writeInt32BE(lastOffsetDelta, 23);
  return bytes;
}

function oldEntry(offset: bigint, magic: 0 | 1): Buffer {
  const bytes = Buffer.alloc(12 + 14 + (magic === 1 ? 8 : 0) + 5);
  bytes.writeBigInt64BE(offset, 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(magic, 16);
  return bytes;
}

test("goes on behind the last whole batch, whatever its records; what is cut off is left", () => {
  const bytes = Buffer.concat([batch(5n, 4), batch(20n, 0), batch(21n, 9)]);
  expect(hopBatches(bytes, 7n)).toEqual({ length: bytes.length, next: 31n });
  expect(hopBatches(bytes.subarray(0, bytes.length - 1), 7n)).toEqual({ length: 142, next: 21n });
  expect(hopBatches(bytes.subarray(0, 70), 7n)).toEqual({ length: 0, next: 7n });
  expect(hopBatches(Buffer.alloc(0), 7n)).toEqual({ length: 0, next: 7n });
});

test("entries of the formats before Kafka 0.11 count one by one", () => {
  expect(hopBatches(Buffer.concat([oldEntry(3n, 0), oldEntry(4n, 1)]), 3n)?.next).toBe(5n);
});

test("offsets near 2^63 keep every digit", () => {
  expect(hopBatches(batch(9_223_372_036_854_775_800n, 6), 1n)?.next).toBe(9_223_372_036_854_775_807n);
});

test("bytes that are no batch are told apart from a batch that is cut off, and never run away", () => {
  expect(hopBatches(Buffer.alloc(100), 0n)).toBeNull();
  expect(hopBatches(Buffer.concat([batch(0n, 0), Buffer.alloc(100)]), 0n)).toEqual({ length: 71, next: 1n });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.bigInt({ min: 0n, max: 2n ** 62n }), (bytes, from) => {
      const hop = hopBatches(Buffer.from(bytes), from);
      if (hop === null) return;
      expect(hop.next).toBeGreaterThanOrEqual(from);
      expect(hop.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
