import fc from "fast-check";
import { expect, test } from "vitest";
import { WireReader } from "./wire-reader.ts";
import { WireWriter } from "./wire-writer.ts";

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

test("what is written is read back, int64 beyond 2^53 and any text too", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      int64,
      fc.nat({ max: 2 ** 31 - 1 }),
      fc.option(
        fc.array(fc.constantFrom("a", "\u0000", "é", "漢", "😀"), { maxLength: 150 }).map((all) => all.join("")),
      ),
      fc.array(fc.integer(), { maxLength: 140 }),
      fc.array(int64, { maxLength: 10 }),
      (int32, long, varint, text, ints, longs) => {
        const writer = new WireWriter();
        writer.int32(int32).int64(long).unsignedVarint(varint).string(text).int32s(ints).boolean(true).zeroUuid();
        writer.structs(longs, (value) => writer.int64(value)).noTags();
        const reader = new WireReader(writer.finish());
        expect([reader.int32(), reader.int64(), reader.unsignedVarint(), reader.nullableString()]).toEqual([
          int32,
          long,
          varint,
          text,
        ]);
        expect([reader.int32s(), reader.boolean(), reader.uuid()]).toEqual([ints, true, null]);
        expect(reader.structs((each) => each.int64())).toEqual(longs);
        reader.skipTags();
      },
    ),
    { numRuns: 50 },
  );
});

test("a damaged response is an error, never a hang or a huge reservation", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const reader = new WireReader(Buffer.from(bytes));
      try {
        reader.structs((each) => each.int32s());
        reader.skipTags();
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test("unknown tagged fields are skipped, known ones read within their own bounds", () => {
  const field = new WireWriter().string("level").finish();
  const writer = new WireWriter().unsignedVarint(2).unsignedVarint(9).unsignedVarint(field.length);
  for (const byte of field) writer.int8(byte);
  writer.unsignedVarint(2).unsignedVarint(field.length);
  for (const byte of field) writer.int8(byte);
  const bytes = writer.int32(7).finish();
  const read: string[] = [];
  const reader = new WireReader(bytes);
  reader.tags((tag, payload) => {
    if (tag === 2) read.push(payload.string());
  });
  expect([read, reader.int32()]).toEqual([["level"], 7]);
});
