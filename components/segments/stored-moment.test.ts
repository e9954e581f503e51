import { expect, test } from "vitest";
import { storedMomentText } from "./stored-moment.ts";

test.each([
  ["1795141200041", "UTC", "2026-11-20 02:20:00.041"],
  ["1795141200041", "Europe/Berlin", "2026-11-20 03:20:00.041"],
  ["0", "UTC", "1970-01-01 00:00:00.000"],
  ["-1", "UTC", "none"],
  ["-2", "UTC", "-2"],
  ["1795141200041000000", "UTC", "1795141200041000000"],
])("%s in %s is %j", (ms, zone, text) => expect(storedMomentText(ms, zone)).toBe(text));
