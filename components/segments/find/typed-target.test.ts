import { expect, test } from "vitest";
import { momentTyped, offsetProblem, offsetTyped } from "./typed-target.ts";

test("an offset is a whole number, 0 or more, in groups or not", () => {
  expect(offsetTyped("48 059 213")).toEqual({ offset: "48059213" });
  expect(offsetTyped("0")).toEqual({ offset: "0" });
  expect(offsetTyped("-1")).toBe(null);
  expect(offsetTyped("9223372036854775808")).toBe(null);
  expect(offsetTyped("last")).toBe(null);
});

test.each([
  ["7", null],
  ["", "Type an offset."],
  [" ", "Type an offset."],
  ["abc", "Not an offset: that is a whole number, 0 or more."],
  ["1.5", "Not an offset: that is a whole number, 0 or more."],
  ["-1", "An offset is never negative."],
  ["−5", "An offset is never negative."],
  ["9223372036854775808", "Too large: offsets end at 2⁶³ − 1."],
  ["99999999999999999999999", "Too large: offsets end at 2⁶³ − 1."],
])("%j: %j", (text, problem) => expect(offsetProblem(text)).toBe(problem));

test("a moment is typed in the zone on screen", () => {
  expect(momentTyped("2026-11-20 03:20", "Europe/Berlin")).toEqual({ timestampMs: "1795141200000" });
  expect(momentTyped("10m", "UTC", 1_795_141_200_000)).toEqual({ timestampMs: "1795140600000" });
  expect(momentTyped("soon", "UTC")).toBe(null);
});
