import { expect, test } from "vitest";
import { formatTailStart, parseTailStart } from "./start.ts";

test.each([
  ["now", { kind: "now" }],
  ["earliest", { kind: "earliest" }],
  ["last:100", { kind: "last", count: 100 }],
  ["-5m", { kind: "ago", ms: 300_000 }],
  ["-24h", { kind: "ago", ms: 86_400_000 }],
  ["offset:991", { kind: "offset", offset: "991" }],
  ["offset:9223372036854775807", { kind: "offset", offset: "9223372036854775807" }],
  ["2026-11-21T02:00:00Z", { kind: "at", timestampMs: Date.UTC(2026, 10, 21, 2) }],
  ["2026-11-21T02:00+01:00", { kind: "at", timestampMs: Date.UTC(2026, 10, 21, 1) }],
  ["1795226400000", { kind: "at", timestampMs: 1_795_226_400_000 }],
])("%s", (text, start) => {
  expect(parseTailStart(text)).toEqual(start);
  expect(parseTailStart(formatTailStart(parseTailStart(text)))).toEqual(start);
});

test("the largest unit that leaves no rest", () => {
  expect(formatTailStart({ kind: "ago", ms: 86_400_000 })).toBe("-1d");
  expect(formatTailStart({ kind: "ago", ms: 90_000 })).toBe("-90s");
});

test.each([
  "",
  "yesterday",
  "last:0",
  "last:100001",
  "-0m",
  "-5",
  "-99999d",
  "offset:",
  "offset:-1",
  "offset:9223372036854775808",
  "2026-11-21",
  "2026-11-21T02:00:00",
  "2026-13-41T02:00:00Z",
])("%j is refused with what would be right", (text) => {
  expect(() => parseTailStart(text)).toThrow("now, earliest, last:100, -5m");
});
