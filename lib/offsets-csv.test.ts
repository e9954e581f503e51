import fc from "fast-check";
import { expect, test } from "vitest";
import { formatOffsetsCsv, MAX_CSV_PROBLEMS, MAX_CSV_ROWS, parseOffsetsCsv } from "./offsets-csv.ts";

const topic = fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,59}$/);
const partition = fc.integer({ min: 0, max: 2_147_483_647 });
const offset = fc.bigInt({ min: -9_223_372_036_854_775_808n, max: 9_223_372_036_854_775_807n });
const withoutLines = (text: string) => {
  const { rows: read, problems } = parseOffsetsCsv(text, "g");
  return { rows: read.map(({ line: _, ...row }) => row), problems };
};
const rows = fc.uniqueArray(fc.record({ topic, partition, offset }), {
  selector: (row) => `${row.topic}:${row.partition}`,
  maxLength: 30,
  minLength: 1,
});

test("what is written is read back, every digit of it", () => {
  fc.assert(
    fc.property(rows, (written) => {
      expect(withoutLines(formatOffsetsCsv(written))).toEqual({ rows: written, problems: [] });
    }),
  );
});

test("quotes, spaces, line ends, blank lines, a byte order mark and a header change nothing", () => {
  const style = fc.record({
    quote: fc.boolean(),
    space: fc.constantFrom("", " ", "\t"),
    end: fc.constantFrom("\n", "\r\n", "\n\n", "\r"),
    before: fc.constantFrom("", "\uFEFF", "topic,partition,offset\n", "\uFEFFTopic,Partition,Offset\r\n", "\n\n"),
  });
  fc.assert(
    fc.property(rows, style, ({ ...written }, { quote, space, end, before }) => {
      const all = Object.values(written);
      const field = (value: unknown) => `${space}${quote ? `"${value}"` : value}${space}`;
      const text = before + all.map((row) => Object.values(row).map(field).join(",")).join(end);
      expect(withoutLines(text)).toEqual({ rows: all, problems: [] });
    }),
  );
});

test("whatever stands in the file, every line is a row or has a problem that names it, and the rest is read", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (junk) => {
      const text = `orders,0,5\n${junk.replaceAll(/[\r\n]/g, " ")}\npayments,1,7`;
      const { rows: read, problems } = parseOffsetsCsv(text, "g");
      const blank = junk.replaceAll(/[\r\n]/g, " ").trim() === "";
      if (problems.length === 0) expect(read.length).toBe(blank ? 2 : 3);
      else expect(problems.map(({ line }) => line)).toEqual([2]);
      expect(read).toContainEqual({ topic: "payments", partition: 1, offset: 7n, line: 3 });
    }),
  );
});

test.each([
  ["orders,0", "It has 2 fields, where topic,partition,offset are wanted."],
  ["orders;0;5", "It has 1 field, where topic,partition,offset are wanted. Separate them by commas."],
  ["a,b,c,d,e", "It has 5 fields, where topic,partition,offset are wanted."],
  [",0,5", "The topic is missing."],
  ["my orders,0,5", '"my orders" is no name of a topic.'],
  ["orders,-1,5", '"-1" is no partition: a whole number from 0 is wanted.'],
  ["orders,0x1,5", '"0x1" is no partition: a whole number from 0 is wanted.'],
  ["orders,2147483648,5", '"2147483648" is no partition: a whole number from 0 is wanted.'],
  ["orders,0,", '"" is no offset: a whole number is wanted.'],
  ["orders,0,1.5", '"1.5" is no offset: a whole number is wanted.'],
  [
    "orders,0,1.2E+10",
    '"1.2E+10" is no offset: a whole number is wanted. A spreadsheet rounded it: it has to be the whole number.',
  ],
  ["orders,0,9223372036854775808", '"9223372036854775808" is no offset: it is larger than any number of 64 bits.'],
  ["orders,0,-9223372036854775809", '"-9223372036854775809" is no offset: it is larger than any number of 64 bits.'],
  ["topic,partition,offset", '"partition" is no partition: a whole number from 0 is wanted.'],
  ['"orders,0,5', "A quote is opened and never closed. Close it, or take it away."],
  ["other,orders,0,5", 'It is about group "other", and was left out: this plan is of "g".'],
])("%s: its line and its reason", (line, detail) => {
  const { rows: read, problems } = parseOffsetsCsv(`orders,7,1\n\n${line}\n`, "g");
  expect(problems).toMatchObject([{ line: 3, detail }]);
  expect(read).toEqual([{ topic: "orders", partition: 7, offset: 1n, line: 1 }]);
});

test("the export of several groups gives this group's lines", () => {
  const { rows: read, problems } = parseOffsetsCsv('"g",orders,0,5\n"other","orders",0,6\n', "g");
  expect(read).toEqual([{ topic: "orders", partition: 0, offset: 5n, line: 1 }]);
  expect(problems.map(({ line }) => line)).toEqual([2]);
});

test("a partition that stands twice is taken once; with two offsets, not at all", () => {
  expect(parseOffsetsCsv("a,0,5\na,0,5\n", "g")).toEqual({
    rows: [{ topic: "a", partition: 0, offset: 5n, line: 1 }],
    problems: [],
  });
  const { rows: read, problems } = parseOffsetsCsv("a,0,5\nb,0,1\na,0,6\n", "g");
  expect(read).toEqual([{ topic: "b", partition: 0, offset: 1n, line: 2 }]);
  expect(problems).toMatchObject([{ line: 3, topic: "a", partition: 0, detail: expect.stringContaining("Line 1") }]);
});

test("rows, problems and what they repeat are bounded, and an empty file is one problem", () => {
  const many = Array.from({ length: MAX_CSV_ROWS + 5 }, (_, index) => `a,${index},1`).join("\n");
  const read = parseOffsetsCsv(many, "g");
  expect(read.rows).toHaveLength(MAX_CSV_ROWS);
  expect(read.problems).toMatchObject([{ line: MAX_CSV_ROWS + 1 }]);
  const bad = parseOffsetsCsv("x\n".repeat(MAX_CSV_PROBLEMS + 7), "g");
  expect(bad.problems).toHaveLength(MAX_CSV_PROBLEMS + 1);
  expect(bad.problems.at(-1)?.detail).toContain("7 more lines");
  const long = parseOffsetsCsv(`a,0,${"9".repeat(500_000)}`, "g");
  expect(long.problems[0]?.detail.length).toBeLessThan(200);
  expect(parseOffsetsCsv("\n \n", "g").problems).toMatchObject([{ line: null }]);
});
