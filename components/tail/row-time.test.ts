import { expect, test } from "vitest";
import { rowTimeText } from "./row-time.ts";

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0, 5);

test.each([
  ["clock", NOON, NOON + 1_000, "12:00:00.005"],
  ["clock", NOON - 86_400_000, NOON, "11-20 12:00:00"],
  ["full", NOON, NOON, "2026-11-21 12:00:00.005"],
  ["epoch", NOON, NOON, String(NOON)],
  ["since", NOON, NOON + 4_200, "4.2 s"],
  ["since", NOON, NOON + 3_600_000, "60 min"],
  ["since", NOON + 1_000, NOON, "−1.0 s"],
] as const)("%s", (format, timestamp, now, text) => {
  expect(rowTimeText(timestamp, format, "UTC", now)).toBe(text);
});

test("rows of one second in two zones have their own hours", () => {
  expect(rowTimeText(NOON, "clock", "UTC", NOON)).toBe("12:00:00.005");
  expect(rowTimeText(NOON + 1, "clock", "Asia/Tokyo", NOON)).toBe("21:00:00.006");
});

test("no timestamp is unknown; one beyond dates is its digits", () => {
  expect(rowTimeText(-1, "clock", "UTC", NOON)).toBe("—");
  expect(rowTimeText("1795226400000000000", "clock", "UTC", NOON)).toBe("1795226400000000000");
  expect(rowTimeText(Number.MAX_SAFE_INTEGER, "clock", "UTC", NOON)).toBe(String(Number.MAX_SAFE_INTEGER));
});
