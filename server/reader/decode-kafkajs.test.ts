import fc from "fast-check";
import { expect, test } from "vitest";
import {
  chunkOf,
  codecOfPacking,
  kafkajsBatch,
  type Packing,
  packings,
  type RecordToEncode,
} from "#scripts/testing/kafkajs-batch.ts";
import { messagesOf, problemsOf, rowsOf, testLens } from "#scripts/testing/rows-of.ts";
import { applyLenses } from "./apply-lenses.ts";
import { BatchProblem } from "./batch-problem.ts";
import { extractRecords } from "./extract-records.ts";
import type { LensYield } from "./lens.ts";

const bytes = (maxLength: number) =>
  fc.oneof(
    fc.uint8Array({ maxLength }).map((array) => Buffer.from(array)),
    fc.string({ unit: "grapheme", maxLength }).map((text) => Buffer.from(text)),
    fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text)),
  );
const payload = fc.oneof({ weight: 4, arbitrary: bytes(700) }, { weight: 1, arbitrary: fc.constant(null) });
const record: fc.Arbitrary<RecordToEncode> = fc.record({
  key: payload,
  value: payload,
  headers: fc.uniqueArray(fc.tuple(fc.string({ maxLength: 20 }), bytes(40)), {
    maxLength: 10,
    selector: ([name]) => name,
  }),
  timestampDelta: fc.integer({ min: -1_000_000_000_000, max: 100_000_000_000_000 }),
});
const records = fc.array(record, { minLength: 1, maxLength: 12 });
const packing = fc.constantFrom<Packing>(...packings);
const baseOffset = fc.oneof(fc.nat().map(BigInt), fc.bigInt({ min: 0n, max: 2n ** 63n - 2n ** 33n }));

function viewOf(chunk: Parameters<typeof applyLenses>[0], lens = testLens(), maxRows = 10_000): LensYield {
  const [result] = applyLenses(chunk, [{ lens, maxRows }]);
  if (result === undefined) throw new Error("no yield");
  return result;
}

test("what kafkajs encodes, with any codec, is extracted byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(records, packing, baseOffset, async (encoded, packed, base) => {
      const batch = await kafkajsBatch({ baseOffset: base, records: encoded, packing: packed });
      const chunk = chunkOf([batch], { from: base });
      const options = { place: 0, from: base, limit: 100, maxBytes: 1_000_000 };
      const extracted = extractRecords(chunk, options);
      expect(
        extracted.map(({ key, value, headers, offset, timestamp }) => ({ key, value, headers, offset, timestamp })),
      ).toEqual(
        encoded.map(({ key, value, headers = [], timestampDelta = 0 }, place) => ({
          key: key && new Uint8Array(key),
          value: value && new Uint8Array(value),
          headers: inKafkajsOrder(headers).map(([name, content]) => ({ name, value: new Uint8Array(content) })),
          offset: base + BigInt(place),
          timestamp: 1_760_000_000_000n + BigInt(timestampDelta),
        })),
      );
      expect(extracted[0]?.batch).toMatchObject({ codec: codecOfPacking(packed), crcValid: true, magic: 2 });
    }),
    { numRuns: 150 },
  );
});

test("every record is one row, whose text is the payload's, and the counts agree", async () => {
  await fc.assert(
    fc.asyncProperty(records, packing, baseOffset, async (encoded, packed, base) => {
      const batch = await kafkajsBatch({ baseOffset: base, records: encoded, packing: packed });
      const result = viewOf(chunkOf([batch], { from: base }));
      const rows = messagesOf(result);
      expect(rows.map(([, offset]) => offset)).toEqual(encoded.map((_, place) => `${base + BigInt(place)}`));
      expect(result.partitions[0]).toMatchObject({ in: encoded.length, matched: encoded.length, sampled: 0 });
      expect(result.sent).toBe(encoded.length);
      for (const [place, { key, value }] of encoded.entries()) {
        for (const [bytesOf, cell] of [
          [key, rows[place]?.[3]],
          [value, rows[place]?.[4]],
        ] as const) {
          if (typeof cell === "string") expect(Buffer.from(cell)).toEqual(bytesOf);
          else if (cell === null) expect(bytesOf).toBeNull();
          else expect(cell?.bytes).toBe(bytesOf?.length);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test("bytes that are cut off or changed: problem rows, and nothing is thrown", async () => {
  const damage = fc.record({
    flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 4 }),
    keep: fc.option(fc.nat()),
  });
  await fc.assert(
    fc.asyncProperty(records, records, packing, damage, async (first, second, packed, { flips, keep }) => {
      const batches = [
        await kafkajsBatch({ baseOffset: 0n, records: first, packing: packed }),
        await kafkajsBatch({ baseOffset: BigInt(first.length), records: second, packing: packed }),
      ];
      const whole = chunkOf(batches);
      const broken = Buffer.from(whole.bytes);
      for (const [place, mask] of flips)
        broken.writeUInt8(broken.readUInt8(place % broken.length) ^ mask, place % broken.length);
      const end = keep === null ? broken.length : keep % (broken.length + 1);
      const [partition] = whole.partitions;
      if (partition === undefined) throw new Error("no partition");
      const chunk = { bytes: broken.subarray(0, end), partitions: [{ ...partition, end }] };
      const result = viewOf(chunk);
      const [tally] = result.partitions;
      rowsOf(result);
      expect(tally?.in).toBe(result.sent + (tally?.undecodable ?? 0) + (tally?.oversize ?? 0));
      try {
        extractRecords(chunk, { place: 0, from: 0n, limit: 100, maxBytes: 1_000_000 });
      } catch (error) {
        expect(error).toBeInstanceOf(BatchProblem);
      }
    }),
    { numRuns: 600 },
  );
});

test("a byte that changed in a batch costs that batch: what follows is read", async () => {
  await fc.assert(
    fc.asyncProperty(packing, fc.nat(), fc.integer({ min: 1, max: 255 }), async (packed, place, mask) => {
      const value = Buffer.from("the same text, again and again and again");
      const batchAt = (base: bigint) =>
        kafkajsBatch({
          baseOffset: base,
          records: [
            { key: null, value },
            { key: null, value },
          ],
          packing: packed,
        });
      const batches = [await batchAt(0n), await batchAt(2n), await batchAt(4n)];
      const damaged = batches[1] ?? Buffer.alloc(0);
      const at = 21 + (place % (damaged.length - 21));
      damaged.writeUInt8(damaged.readUInt8(at) ^ mask, at);
      const result = viewOf(chunkOf(batches));
      expect(messagesOf(result).map(([, offset]) => offset)).toEqual(["0", "1", "4", "5"]);
      expect(problemsOf(result)).toHaveLength(1);
      expect(problemsOf(result)[0]?.problem[1]).toBe("2");
    }),
    { numRuns: 200 },
  );
});

/** It gathers headers in an object: names that are numbers come first. */
function inKafkajsOrder(headers: readonly (readonly [string, Buffer])[]): readonly (readonly [string, Buffer])[] {
  return Object.entries(Object.fromEntries(headers));
}
