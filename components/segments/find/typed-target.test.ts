import { expect, test } from "vitest";
import { momentTyped, offsetTyped } from "./typed-target.ts";

test("an offset is a whole number, 0 or more, in groups or not", () => {
  expect(offsetTyped("48 059 213")).toEqual({ offset: "48059213" });
  expect(offsetTyped("0")).toEqual({ offset: "0" });
  expect(offsetTyped("-1")).toBe(null);
  expect(offsetTyped("9223372036854775808")).toBe(null);
  expect(offsetTyped("last")).toBe(null);
});

test("a moment is typed in the zone on screen", () => {
  expect(momentTyped("2026-11-20 03:20", "Europe/Berlin")).toEqual({ timestampMs: "1795141200000" });
  expect(momentTyped("soon", "UTC")).toBe(null);
});
