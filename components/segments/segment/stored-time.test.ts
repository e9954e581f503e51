import { expect, test } from "vitest";
import { storedTimeAfter } from "./stored-time.ts";

test("a second time on the same day is told without it; what no date can be stays a number", () => {
  expect(storedTimeAfter("1795258789500", "1795258789408", "UTC")).toBe("10:59:49.500");
  expect(storedTimeAfter("1795358789500", "1795258789408", "UTC")).toBe("2026-11-22 14:46:29.500");
  expect(storedTimeAfter("1795258789500", null, "UTC")).toBe("2026-11-21 10:59:49.500");
  expect(storedTimeAfter(null, "1795258789408", "UTC")).toBeNull();
  expect(storedTimeAfter("1795258789408000000", "1795258789408", "UTC")).toBe("1795258789408000000");
});
