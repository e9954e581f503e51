import fc from "fast-check";
import { expect, test } from "vitest";
import type { EndedPartition, IntendedPartition } from "./change.ts";
import { isShallow } from "./is-shallow.ts";
import { joinRecords } from "./join-records.ts";
import { type LogRecord, MAX_DEPTH, MAX_RECORD_BYTES, parseLogRecord } from "./log-record.ts";
import { MAX_PART_BYTES, splitRecord } from "./split-record.ts";

const common = {
  tailrace: 1 as const,
  id: "0mwq4suzh-17gtzagoxc1n",
  ...{ action: "reset-offsets", target: { group: "g" }, actor: "local", requestId: "r", instance: "i", atMs: 1 },
  ...{ targetText: "", undoes: null, partitionCount: 1 },
};
const intent = { ...common, phase: "intent" as const };
const outcome = { ...common, phase: "outcome" as const, state: "done" as const, failure: null, uncertain: false };
const good = { ...intent, part: 1, parts: 1, partitions: [] };
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

const int64 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
const saved = fc.record({
  offset: int64,
  leaderEpoch: fc.option(fc.nat({ max: 2 ** 31 - 1 })),
  metadata: fc.string({ unit: "binary", maxLength: 4_096 }),
});
const place = { topic: fc.stringMatching(/^[a-zA-Z0-9._-]{1,249}$/), partition: fc.nat({ max: 1_000_000 }) };
const intended: fc.Arbitrary<IntendedPartition> = fc.record({
  ...place,
  before: fc.option(saved),
  after: fc.option(saved),
});
const each = <T extends { topic: string; partition: number }>(one: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(one, { maxLength, selector: ({ topic, partition }) => `${topic}/${partition}` });

function roundTrip(parts: readonly string[]): LogRecord[] {
  return parts.map((part) => {
    expect(Buffer.byteLength(part)).toBeLessThan(MAX_RECORD_BYTES);
    const parsed = parseLogRecord(Buffer.from(part));
    if (parsed === null) throw new Error(`not read back: ${part.slice(0, 300)}`);
    return parsed;
  });
}

test("whatever is written is read back exactly: offsets, epochs, any metadata, any body, in any order of its parts", () => {
  const body = fc.record({ before: fc.option(fc.jsonValue({ maxDepth: 5 })), after: fc.jsonValue({ maxDepth: 5 }) });
  fc.assert(
    fc.property(each(intended, 40), body, fc.boolean(), (partitions, told, reverse) => {
      const records = roundTrip(splitRecord(intent, JSON.stringify(told), partitions));
      const joined = joinRecords(reverse ? records.toReversed() : records);
      expect(joined.partitions).toEqual(
        partitions.map((one) => ({ topicId: null, ...one, outcome: null, detail: null })),
      );
      // As JSON has it: minus zero is zero.
      expect(joined.before).toBe(told.before === null ? null : JSON.stringify(told.before));
      expect(joined.after).toBe(told.after === null ? null : JSON.stringify(told.after));
    }),
    { numRuns: 60 },
  );
});

test("an entry over half a megabyte is split so that no part is larger, and each part tells what it is of", () => {
  const partitions: IntendedPartition[] = Array.from({ length: 10_000 }, (_, partition) => ({
    topic: "orders",
    partition,
    before: { offset: "1", leaderEpoch: null, metadata: "ä".repeat(200) },
    after: null,
  }));
  const text = JSON.stringify({ after: '\u{1f600}"'.repeat(300_000) });
  const parts = splitRecord(intent, text, partitions);
  expect(parts.length).toBeGreaterThan(8);
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(MAX_PART_BYTES);
  const records = roundTrip(parts);
  expect(records.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1));
  expect(new Set(records.map(({ parts: of }) => of))).toEqual(new Set([parts.length]));
  const joined = joinRecords(records);
  expect(joined.partitions).toHaveLength(10_000);
  expect(`{"after":${joined.after}}` === text).toBe(true);
});

test("an outcome is told at the partitions of its intent only, and nobody's second opinion about one counts", () => {
  const [before, after] = [{ offset: "5", leaderEpoch: 1, metadata: "m" }, null];
  const ended: EndedPartition[] = [
    { topic: "a", partition: 0, outcome: "moved", detail: null },
    { topic: "a", partition: 0, outcome: "failed", detail: "later" },
    { topic: "b", partition: 9, outcome: "moved", detail: null },
  ];
  const records = [
    ...roundTrip(splitRecord(intent, "", [{ topic: "a", topicId: "t", partition: 0, before, after }])),
    ...roundTrip(splitRecord(outcome, "", ended)),
  ];
  expect(joinRecords(records).partitions).toEqual([
    { topic: "a", topicId: "t", partition: 0, before, after, outcome: "moved", detail: null },
  ]);
});

test("anything at all is either a record of ours or none: never an error, never something half", () => {
  expect(parseLogRecord(bytes(good))).toMatchObject(good);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (junk) => parseLogRecord(junk) === null));
  fc.assert(fc.property(fc.json(), (json) => parseLogRecord(Buffer.from(json)) === null));
  const key = fc.constantFrom(...Object.keys(good));
  fc.assert(
    fc.property(key, fc.oneof(fc.anything(), fc.jsonValue()), (name, value) => {
      const json = JSON.stringify({ ...good, [name]: value }, (_, one) =>
        typeof one === "bigint" ? String(one) : one,
      );
      const parsed = parseLogRecord(Buffer.from(json));
      if (parsed !== null) expect(parseLogRecord(bytes(parsed))).toEqual(parsed);
    }),
  );
});

test("records of every hostile kind are none of ours", () => {
  const deep = (open: string, close: string) => open.repeat(200_000) + close.repeat(200_000);
  const hostile: [string, Uint8Array | null][] = [
    ["a tombstone", null],
    ["nothing", Buffer.alloc(0)],
    ["too large", bytes({ ...good, targetText: "", extra: "x".repeat(MAX_RECORD_BYTES) })],
    ["deep arrays", Buffer.from(`{"a":${deep("[", "]")}}`)],
    ["deep objects", Buffer.from(deep('{"a":', "}"))],
    ["cut off", bytes(good).subarray(0, -1)],
    ["invalid UTF-8", Buffer.from(JSON.stringify({ ...good, actor: "\u00e9" }), "latin1")],
    ["a byte order mark", Buffer.from(`\ufeff${JSON.stringify(good)}`)],
    ["another version", bytes({ ...good, tailrace: 2 })],
    ["an id of another shape", bytes({ ...good, id: "../../etc/passwd" })],
    ["a part beyond its parts", bytes({ ...good, part: 3, parts: 2 })],
    ["millions of parts", bytes({ ...good, parts: 1e9 })],
    ["a part that is no number", bytes({ ...good, part: "1" })],
    ["a time before time", bytes({ ...good, atMs: -1 })],
    ["a time beyond time", bytes({ ...good, atMs: 1e300 })],
    ["an offset that isn't int64", bytes({ ...good, partitions: [partition({ offset: "9223372036854775808" })] })],
    ["an offset that is a number", bytes({ ...good, partitions: [partition({ offset: 5 })] })],
    ["a partition below zero", bytes({ ...good, partitions: [{ ...partition({}), partition: -1 }] })],
    ["more partitions than fit", bytes({ ...good, partitions: Array(10_001).fill(0) })],
    ["a long name", bytes({ ...good, actor: "x".repeat(257) })],
  ];
  for (const [what, value] of hostile) expect(parseLogRecord(value), what).toBeNull();
});

function partition(before: object) {
  return { topic: "t", partition: 0, before: { offset: "1", leaderEpoch: null, metadata: "", ...before }, after: null };
}

test("names that objects inherit are names like others, and pollute nothing", () => {
  const record = `${JSON.stringify(good).slice(0, -1)},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
  const parsed = parseLogRecord(Buffer.from(record));
  expect(parsed).toEqual(good);
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect("polluted" in {}).toBe(false);
  const evil = { ...partition({}), topic: "__proto__" };
  const body = '{"before":{"__proto__":{"polluted":1}},"after":1}';
  const joined = joinRecords(roundTrip(splitRecord(intent, body, [evil])));
  expect(joined.partitions[0]?.topic).toBe("__proto__");
  expect(joined.before).toBe('{"__proto__":{"polluted":1}}');
  expect("polluted" in {}).toBe(false);
});

test("a body whose slices make up no JSON, or too deep a one, is left out; the rest stands", () => {
  for (const slice of ["{", "[]", "null", '"x"', `{"after":${"[".repeat(100)}${"]".repeat(100)}}`]) {
    const parsed = parseLogRecord(bytes({ ...good, slice, partitions: [partition({})] }));
    if (parsed === null) throw new Error("it is a record");
    expect(joinRecords([parsed])).toMatchObject({ before: null, after: null, partitions: [{ topic: "t" }] });
  }
});

test("a record is looked into only so deep, whatever it says beside what it must", () => {
  const nested = (depth: number) => bytes({ ...good, extra: JSON.parse("[".repeat(depth) + "]".repeat(depth)) });
  expect(parseLogRecord(nested(MAX_DEPTH - 1))).toEqual(good);
  expect(parseLogRecord(nested(MAX_DEPTH))).toBeNull();
});

test("of a partition that an intent, or an outcome, names twice the first counts: nobody rewrites what was there before", () => {
  const other = { topic: "t", partition: 0, outcome: "moved", detail: null } as const;
  const first = parseLogRecord(bytes({ ...good, partitions: [partition({}), partition({ offset: "9" })] }));
  const last = parseLogRecord(
    bytes({
      ...{ ...good, phase: "outcome", state: "done", failure: null, uncertain: false },
      partitions: [other, { ...other, outcome: "failed", detail: "no" }],
    }),
  );
  if (first === null || last === null) throw new Error("they are records");
  const { partitions } = joinRecords([first, last]);
  expect(partitions).toMatchObject([{ before: { offset: "1" }, outcome: "moved", detail: null }]);
});

test("brackets within strings are not depth", () => {
  expect(isShallow(JSON.stringify({ a: '[[[["\\[{'.repeat(1_000), b: [1] }), 2)).toBe(true);
  expect(isShallow('[[["]]]', 2)).toBe(false);
});
