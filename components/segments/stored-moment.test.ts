import { expect, test } from "vitest";
import { storedMomentText, storedTimeAfter } from "./stored-moment.ts";

test.each([
  ["1795141200041", "UTC", "2026-11-20 02:20:00.041"],
  ["1795141200041", "Europe/Berlin", "2026-11-20 03:20:00.041"],
  ["0", "UTC", "1970-01-01 00:00:00.000"],
  ["-1", "UTC", "none"],
  ["-2", "UTC", "-2"],
  ["1795141200041000000", "UTC", "1795141200041000000"],
])("%s in %s is %j", (ms, zone, text) => expect(storedMomentText(ms, zone)).toBe(text));

test("a second time on the same day is told without it; what no date can be stays a number", () => {
  expect(storedTimeAfter("1795258789500", "1795258789408", "UTC")).toBe("10:59:49.500");
  expect(storedTimeAfter("1795358789500", "1795258789408", "UTC")).toBe("2026-11-22 14:46:29.500");
  expect(storedTimeAfter("1795258789500", null, "UTC")).toBe("2026-11-21 10:59:49.500");
  expect(storedTimeAfter(null, "1795258789408", "UTC")).toBeNull();
  expect(storedTimeAfter("1795258789408000000", "1795258789408", "UTC")).toBe("1795258789408000000");
});
