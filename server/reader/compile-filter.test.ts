import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageFilter } from "#lib/contracts/message-filter.ts";
import { chunkOf, kafkajsBatch, type RecordToEncode } from "#scripts/testing/kafkajs-batch.ts";
import { messagesOf, testLens } from "#scripts/testing/rows-of.ts";
import { applyLenses } from "./apply-lenses.ts";

type Wanted = Partial<MessageFilter>;

/** The places of the records that a filter lets through. */
async function found(records: readonly RecordToEncode[], filter: Wanted): Promise<number[]> {
  const chunk = chunkOf([await kafkajsBatch({ baseOffset: 0n, records })]);
  const [result] = applyLenses(chunk, [{ lens: testLens(filter), maxRows: 1_000 }]);
  if (result === undefined) throw new Error("no yield");
  return messagesOf(result).map(([, offset]) => Number(offset));
}

const valued = (...values: string[]) => values.map((value) => ({ key: null, value: Buffer.from(value) }));

test("contains: in key, value, a header's name or value, not across them", async () => {
  const text = (key: string, value: string, name = "h", header = "v") => ({
    key: Buffer.from(key),
    value: Buffer.from(value),
    headers: [[name, Buffer.from(header)]] as const,
  });
  const records = [
    text("needle", ""),
    text("", "a needle!"),
    text("", "", "needle"),
    text("", "", "h", "needle"),
    text("need", "le"),
  ];
  expect(await found(records, { contains: "needle" })).toEqual([0, 1, 2, 3]);
  expect(await found(records, { without: "needle" })).toEqual([4]);
  expect(await found(records, { contains: "NEEDLE" })).toEqual([0, 1, 2, 3]);
  expect(await found(records, { contains: "NEEDLE", case: true })).toEqual([]);
  expect(await found(records, { contains: "needle", without: "!" })).toEqual([0, 2, 3]);
});

test("text is found where JSON wrote it otherwise", async () => {
  const values = [
    '{"n":"Gr\\u00f6\\u00DFe"}',
    '{"n":"Größe"}',
    '{"n":"GRÖSSE"}',
    '{"n":"gr\\u00D6ße"}',
    '{"n":"Gr\\\\u00f6ße"}',
  ];
  expect(await found(valued(...values), { contains: "größe" })).toEqual([0, 1, 3]);
  expect(await found(valued(...values), { contains: "Größe", case: true })).toEqual([0, 1]);
  expect(await found(valued('"a \\"b\\" c"', '"a \\u0022b\\u0022 c"'), { contains: '"B"' })).toEqual([0, 1]);
  expect(await found(valued('"\\u003cb\\u003e"', '"\\u003Cb\\u003E"', '"<b>"'), { contains: "<b>" })).toEqual([
    0, 1, 2,
  ]);
  expect(await found(valued('"a\\/b"', '"a/b"', '"a\\nb"'), { contains: "a/b" })).toEqual([0, 1]);
});

test("contains finds what includes finds, in any text", async () => {
  const word = fc.string({ unit: fc.constantFrom("a", "B", "b", "ä", "Ä", "日", '"', "\\", "1"), maxLength: 4 });
  const needle = word.filter((text) => text.length > 0);
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 20 }),
      needle,
      fc.boolean(),
      async (values, text, matchCase) => {
        const fold = (one: string) => (matchCase ? one : one.toLowerCase());
        const plain = values.flatMap((value, place) => (fold(value).includes(fold(text)) ? [place] : []));
        expect(await found(valued(...values), { contains: text, case: matchCase })).toEqual(
          expect.arrayContaining(plain),
        );
        const written = values.map((value) => JSON.stringify(value));
        expect(await found(valued(...written), { contains: text, case: matchCase })).toEqual(
          expect.arrayContaining(plain),
        );
      },
    ),
  );
});

test("key: the whole key, as text or as the number that is shown", async () => {
  const int32 = Buffer.from([0, 0, 0, 42]);
  const int64 = Buffer.from([0, 0, 0, 0, 0, 0, 0, 42]);
  const records = [Buffer.from("42"), int32, int64, Buffer.from("421"), null].map((key) => ({ key, value: null }));
  expect(await found(records, { key: "42" })).toEqual([0, 1, 2]);
  expect(await found(records, { key: "42", keyAs: "text" })).toEqual([0]);
  expect(await found(records, { key: "42", keyAs: "int32" })).toEqual([1]);
  expect(await found(records, { key: "42", keyAs: "int64" })).toEqual([2]);
  expect(await found(records, { key: "0000002a", keyAs: "hex" })).toEqual([1]);
  expect(await found(records, { key: "many", keyAs: "int32" })).toEqual([]);
});

test("header: a name, or a name and a value, in which = may stand", async () => {
  const records = (
    [
      ["a", "b"],
      ["a", "c"],
      ["a=b", "x"],
      ["a", "b=c"],
    ] as const
  ).map(([name, value]) => ({ key: null, value: null, headers: [[name, Buffer.from(value)]] as const }));
  expect(await found(records, { header: "a" })).toEqual([0, 1, 3]);
  expect(await found(records, { header: "a=b" })).toEqual([0, 2]);
  expect(await found(records, { header: "a=b=c" })).toEqual([3]);
  expect(await found(records, { header: "a=0x62" })).toEqual([0]);
});
