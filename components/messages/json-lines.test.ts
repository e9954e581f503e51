import { describe, expect, test } from "vitest";
import { jsonPath, outlineJson } from "#lib/json-outline.ts";
import { brackets, isOpen, linesOf, openAtFirst, previewOf, toggle, treeStep } from "./json-lines.ts";

const outline = outlineJson('{"a":{"b":1,"c":[2,3]},"d":[],"e":"x"}');
const paths = (lines: readonly number[]) => lines.map((node) => jsonPath(outline, node));

test("a short document opens whole", () => {
  expect(paths(linesOf(outline, openAtFirst(outline)))).toEqual(["", "a", "a.b", "a.c", "a.c[0]", "a.c[1]", "d", "e"]);
});

test("a long one opens as deep as leaves few lines, its first level always", () => {
  const rows = outlineJson(`[${'{"id":1,"tags":["a"]},'.repeat(999)}{}]`);
  const open = openAtFirst(rows);
  expect(linesOf(rows, open)).toHaveLength(1_001);
  const few = outlineJson(`{"rows":[${"1,".repeat(9_999)}1],"n":1}`);
  expect(linesOf(few, openAtFirst(few))).toHaveLength(3);
});

test("what is closed hides all below it, and opens again as it was", () => {
  const open = openAtFirst(outline);
  const closed = toggle(open, 1);
  expect(paths(linesOf(outline, closed))).toEqual(["", "a", "d", "e"]);
  expect(linesOf(outline, toggle(closed, 1))).toEqual(linesOf(outline, open));
});

test("an empty object or array never opens", () => {
  const node = 6;
  expect(jsonPath(outline, node)).toBe("d");
  expect(isOpen(outline, node, toggle(openAtFirst(outline), node))).toBe(false);
  expect(brackets(outline, node, false)).toBe("[]");
  expect(brackets(outline, 1, false)).toBe("{…}");
});

test("a closed one shows its first plain values", () => {
  expect(previewOf(outline, 1)).toBe("b: 1");
  expect(previewOf(outline, 0)).toBe("");
  expect(previewOf(outline, 3)).toBe("2, 3");
});

describe("keys", () => {
  const open = openAtFirst(outline);
  const lines = linesOf(outline, open);
  const step = (key: string, active: number) => treeStep(key, { outline, open, lines, active, page: 5 });

  test("move by lines", () => {
    expect(step("ArrowDown", 1)).toBe(2);
    expect(step("PageUp", 6)).toBe(1);
    expect(step("End", 0)).toBe(7);
    expect(step("x", 0)).toBeNull();
  });

  test("right opens, then enters; left closes, then leaves", () => {
    expect(step("ArrowRight", 1)).toBe(2);
    expect(step("ArrowLeft", 1)).toBe("flip");
    expect(step("ArrowLeft", 2)).toBe(1);
    expect(step("ArrowRight", 2)).toBe(2);
    const closed = toggle(open, 1);
    expect(treeStep("ArrowRight", { outline, open: closed, lines: linesOf(outline, closed), active: 1, page: 5 })).toBe(
      "flip",
    );
  });
});
