import { expect, test } from "vitest";
import { warnedText } from "./warned-text.ts";

test("counts the groups that have warnings, besides those told among the problems", () => {
  expect(warnedText(0, [])).toBeNull();
  expect(warnedText(1, [])).toBe("1 group has warnings.");
  expect(warnedText(1_200, [{ kind: "disk" }])).toBe("1,200 groups have warnings.");
  expect(warnedText(6, [{ kind: "group" }])).toBe("6 more groups have warnings.");
});
