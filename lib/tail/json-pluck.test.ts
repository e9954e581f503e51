import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonPath, jsonText, outlineJson } from "../json-outline.ts";
import { parseJsonPath, pluckJson } from "./json-pluck.ts";

function pluck(text: string, path: string) {
  const steps = parseJsonPath(path);
  if (steps === null) throw new Error(`${path} is no path`);
  return pluckJson(text, steps);
}

describe("a path as text", () => {
  test("names, places and quoted names", () => {
    expect(parseJsonPath("amount.minor")).toEqual(["amount", "minor"]);
    expect(parseJsonPath("attempts[2].at")).toEqual(["attempts", 2, "at"]);
    expect(parseJsonPath('["a b"].c')).toEqual(["a b", "c"]);
    expect(parseJsonPath("[0][1]")).toEqual([0, 1]);
  });

  test.each(["", ".", "a..b", "a[", "a[x]", "a b", '["a]', "a.0"])("%j is none", (path) => {
    expect(parseJsonPath(path)).toBeNull();
  });
});

describe("a value by its path", () => {
  test("as it is written: numbers are not rounded, text keeps its escapes", () => {
    const text = '{"a":{"minor":9007199254740993,"t":"x\\u00e9"},"list":[1.10,{"b":null}]}';
    expect(pluck(text, "a.minor")).toEqual({ kind: "found", text: "9007199254740993" });
    expect(pluck(text, "a.t")).toEqual({ kind: "found", text: '"x\\u00e9"' });
    expect(pluck(text, "list[0]")).toEqual({ kind: "found", text: "1.10" });
    expect(pluck(text, "list[1].b")).toEqual({ kind: "found", text: "null" });
  });

  test("what isn't there is absent; what the preview cut off is cut", () => {
    expect(pluck('{"a":1}', "b")).toEqual({ kind: "absent" });
    expect(pluck('{"a":1}', "a.b")).toEqual({ kind: "absent" });
    expect(pluck('{"a":1,"lo', "b")).toEqual({ kind: "cut" });
    expect(pluck('{"a":1,"b":12', "b")).toEqual({ kind: "cut" });
    expect(pluck('{"a":1,"b":12', "a")).toEqual({ kind: "found", text: "1" });
    expect(pluck("hello", "a")).toEqual({ kind: "not-json" });
  });

  test("every value of any JSON is found at the path that the outline gives it, also where the text is cut behind it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(), (text, pick) => {
        const outline = outlineJson(text);
        const node = pick % outline.count;
        const path = jsonPath(outline, node);
        const steps = parseJsonPath(path);
        fc.pre(node > 0 && steps !== null);
        expect(pluckJson(text, steps ?? [])).toEqual({ kind: "found", text: jsonText(outline, node) });
        const end = (outline.ends[node] ?? 0) + 1;
        expect(pluckJson(text.slice(0, end), steps ?? [])).toEqual({ kind: "found", text: jsonText(outline, node) });
      }),
    );
  });

  test("nothing that is no JSON makes it throw or hang", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\a1 tn'.split("")) }), (text) => {
        expect(pluckJson(text, ["a", 1])).toHaveProperty("kind");
      }),
    );
  });
});
