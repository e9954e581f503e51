import { expect, test } from "vitest";
import { formatDateTime, formatMinute, formatMoment, formatTime, isZone } from "./time.ts";

const at = Date.UTC(2026, 10, 21, 2, 14, 7);

test("the same instant reads differently by zone", () => {
  expect(formatTime(at, "UTC")).toBe("02:14:07");
  expect(formatTime(at, "Asia/Tokyo")).toBe("11:14:07");
  expect(formatMinute(at, "Asia/Kolkata")).toBe("07:44");
  expect(formatDateTime(at, "America/New_York")).toBe("2026-11-20 21:14:07");
});

test("midnight is 00, not 24", () => {
  expect(formatTime(Date.UTC(2026, 0, 1), "UTC")).toBe("00:00:00");
});

test("a moment says its day only when it is not today", () => {
  expect(formatMoment(at, "UTC", at + 3_600_000)).toBe("02:14:07");
  expect(formatMoment(at, "UTC", at + 86_400_000)).toBe("Sat 02:14");
  expect(formatMoment(at, "UTC", at + 30 * 86_400_000)).toBe("2026-11-21");
  expect(formatMoment(at, "UTC", at - 86_400_000)).toBe("2026-11-21");
  expect(formatMoment(at, "UTC", at - 3_600_000)).toBe("02:14:07");
});

test("a cookie's nonsense is no zone", () => {
  expect(isZone("Europe/Berlin")).toBe(true);
  expect(isZone("<script>")).toBe(false);
});
