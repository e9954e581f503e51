import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCursor, MAX_CURSOR_LENGTH, parseCursor } from "./cursor.ts";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const name = fc.stringMatching(/^[a-zA-Z0-9._-]{1,249}$/);
const topicId = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
const int32 = fc.nat({ max: 2_147_483_647 });
const positions = fc.dictionary(int32.map(String), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }));
const cursor = fc.array(
  fc.record({
    name,
    topicId,
    partitions: int32,
    next: positions.map((all) => new Map(Object.entries(all).map(([p, o]) => [Number(p), `${o}`]))),
  }),
);

test("a cursor reads back as it was written", () => {
  fc.assert(
    fc.property(cursor, (topics) => {
      expect(parseCursor(formatCursor({ topics }))).toEqual({ topics });
    }),
  );
});

test("a topic without a position tells its partitions; no topic at all is a cursor too", () => {
  expect(formatCursor({ topics: [{ name: "a", topicId: ID, partitions: 3, next: new Map() }] })).toBe(`a=${ID}*3:`);
  expect(formatCursor({ topics: [] })).toBe("-");
});

test.each([
  "",
  ";",
  "orders",
  "-;-",
  `orders=${ID}:0@1`,
  `orders=${ID}*:0@1`,
  `orders=${ID}*2147483648:0@1`,
  `orders=${ID}*1:0`,
  `orders=${ID}*1:0@-1`,
  `orders=${ID}*1:0@01`,
  `orders=${ID}*1:2147483648@0`,
  `orders=${ID}*1:0@9223372036854775808`,
  `a/b=${ID}*1:0@1`,
  `orders=short*1:0@1`,
  `orders=${ID}*1:0@1;`,
])("%j is no cursor, and says what to do", (text) => {
  expect(() => parseCursor(text)).toThrow("start the tail anew");
});

test("whatever text is given: a cursor or a RangeError", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,3}=[A-Za-z0-9_-]{22}\*[0-9]:[0-9@,;]{0,20}$/)),
      (text) => {
        try {
          const { topics } = parseCursor(text);
          expect(parseCursor(formatCursor({ topics }))).toEqual({ topics });
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      },
    ),
  );
});

test("20,000 partitions fit", () => {
  const topics = Array.from({ length: 100 }, (_, topic) => ({
    name: `topic-${topic}-${"x".repeat(40)}`,
    topicId: ID,
    partitions: 200,
    next: new Map(Array.from({ length: 200 }, (_, partition) => [partition, `${10n ** 14n}`] as const)),
  }));
  expect(formatCursor({ topics }).length).toBeLessThan(MAX_CURSOR_LENGTH);
});
