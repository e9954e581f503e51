import { expect, test } from "vitest";
import { storedTime, storedTimeAfter } from "./stored-time.ts";

test("a stored time is told to the millisecond; what no date can be stays a number", () => {
  expect(storedTime("1795258789408", "UTC")).toBe("2026-11-21 10:59:49.408");
  expect(storedTime("-1", "UTC")).toBe("1969-12-31 23:59:59.999");
  expect(storedTime("1795258789408000000", "UTC")).toBe("1795258789408000000");
  expect(storedTime(null, "UTC")).toBeNull();
});

test("a second one on the same day is told without it", () => {
  expect(storedTimeAfter("1795258789500", "1795258789408", "UTC")).toBe("10:59:49.500");
  expect(storedTimeAfter("1795358789500", "1795258789408", "UTC")).toBe("2026-11-22 14:46:29.500");
  expect(storedTimeAfter("1795258789500", null, "UTC")).toBe("2026-11-21 10:59:49.500");
  expect(storedTimeAfter(null, "1795258789408", "UTC")).toBeNull();
});
