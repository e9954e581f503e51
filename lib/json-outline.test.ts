import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBeyondDouble, isInt64, JsonTextError, jsonName, jsonPath, jsonText, outlineJson } from "./json-outline.ts";

function written(text: string): [string | null, string][] {
  const outline = outlineJson(text);
  return Array.from({ length: outline.count }, (_, node) => [jsonName(outline, node), jsonText(outline, node)]);
}

describe("what JSON.parse would lose", () => {
  test("numbers stay as written", () => {
    expect(written("[9007199254740993, 1.10, 1e2, -0]").slice(1)).toEqual([
      [null, "9007199254740993"],
      [null, "1.10"],
      [null, "1e2"],
      [null, "-0"],
    ]);
  });

  test("a name that stands twice is there twice, and marked", () => {
    const outline = outlineJson('{"a":1,"b":{"a":2},"\\u0061":3}');
    expect(written(outline.text)).toEqual([
      [null, outline.text],
      ["a", "1"],
      ["b", '{"a":2}'],
      ["a", "2"],
      ["a", "3"],
    ]);
    expect([...outline.repeated]).toEqual([4]);
  });

  test("names keep their order, those that look like numbers too", () => {
    expect(written('{"2":0,"1":0,"__proto__":0}').map(([name]) => name)).toEqual([null, "2", "1", "__proto__"]);
  });
});

test("tells where each value stands", () => {
  const outline = outlineJson(' {"a":[1,{"b c":null}], "d":{}} ');
  expect(Array.from({ length: outline.count }, (_, node) => jsonPath(outline, node))).toEqual([
    "",
    "a",
    "a[0]",
    "a[1]",
    'a[1]["b c"]',
    "d",
  ]);
  expect([...outline.nexts.subarray(0, outline.count)]).toEqual([6, 5, 3, 5, 5, 6]);
  expect([...outline.sizes.subarray(0, outline.count)]).toEqual([2, 2, 0, 1, 0, 0]);
  expect([...outline.depths.subarray(0, outline.count)]).toEqual([0, 1, 2, 2, 3, 1]);
});

test.each([
  ['{"a": 1,\n "b" 2}', 2, 6, /“:” is expected, not “2”/],
  ["[1, 2", 1, 6, /“,” or “\]” is expected, but the text ends/],
  ['{"a":tru}', 1, 6, /true is expected/],
  ['{"a":"x\\q"}', 1, 8, /an escape that JSON has/],
  ['{"a":"x', 1, 8, /closing quote/],
  ["[01]", 1, 3, /“,” or “\]” is expected, not “1”/],
  ["", 1, 1, /a value is expected, but the text ends/],
  ["{} x", 1, 4, /the end is expected/],
  ["{,}", 1, 2, /a name in quotes or “}” is expected/],
  ['{"a":1,}', 1, 8, /a name in quotes is expected/],
  ["[1,]", 1, 4, /a value is expected/],
])("says where %j goes wrong", (text, line, column, message) => {
  expect(() => outlineJson(text)).toThrow(JsonTextError);
  expect(() => outlineJson(text)).toThrow(message);
  expect(() => outlineJson(text)).toThrow(`line ${line}, column ${column}:`);
});

test("agrees with JSON.parse on what is JSON", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0e+-. 1tn') }),
        fc.json().chain((json) => fc.nat(json.length).map((end) => json.slice(0, end))),
      ),
      (text) => {
        expect(isJson(() => outlineJson(text))).toBe(isJson(() => JSON.parse(text)));
      },
    ),
    { numRuns: 2_000 },
  );
});

function isJson(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

test("reads what nests as deep as a megabyte can, and a long string", () => {
  const depth = 500_000;
  expect(outlineJson("[".repeat(depth) + "]".repeat(depth)).count).toBe(depth);
  expect(() => outlineJson("[".repeat(depth))).toThrow(JsonTextError);
  expect(outlineJson(`"${"x\\n".repeat(300_000)}"`).count).toBe(1);
});

test("knows which whole numbers a double would round, and which are int64", () => {
  expect(isBeyondDouble("9007199254740992")).toBe(false);
  expect(isBeyondDouble("9007199254740993")).toBe(true);
  expect(isBeyondDouble("-9007199254740993")).toBe(true);
  expect(isBeyondDouble("1.5")).toBe(false);
  expect(isBeyondDouble("9".repeat(400))).toBe(true);
  expect(isInt64("9223372036854775807")).toBe(true);
  expect(isInt64("9223372036854775808")).toBe(false);
});
