import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDuration, parseInt64, parseMoment, parseMomentFromNow, pickerValue } from "./typed-values.ts";

test.each([
  ["48059213", "48059213"],
  ["48 059 213", "48059213"],
  ["+1,000", "1000"],
  ["−5", "-5"],
  ["-0", "0"],
  ["9223372036854775807", "9223372036854775807"],
  ["9223372036854775808", null],
  ["1.5", null],
  ["", null],
  ["1e3", null],
])("%j is the offset %j", (text, value) => expect(parseInt64(text)).toBe(value));

test.each([
  ["2026-11-20T02:20:00.000Z", 1_795_141_200_000],
  ["2026-11-20 02:20Z", 1_795_141_200_000],
  ["2026-11-20T03:20:00+01:00", 1_795_141_200_000],
  ["1795141200000", 1_795_141_200_000],
  ["2026-11-20T02:20", 1_795_141_200_000],
  ["2026-11-20", 1_795_132_800_000],
  ["2026-11-20 02:20:00.25", 1_795_141_200_250],
  ["1969-12-31T23:59:59Z", null],
  ["2026-13-40T00:00Z", null],
  ["yesterday", null],
  ["12", null],
])("%j is %j in UTC", (text, ms) => expect(parseMoment(text, "UTC")).toBe(ms));

const NOW = 1_795_141_200_000;
test.each([
  ["14:46:00", "UTC", Date.UTC(2026, 10, 20, 14, 46)],
  ["14:46", "UTC", Date.UTC(2026, 10, 20, 14, 46)],
  ["9:05:30.25", "UTC", Date.UTC(2026, 10, 20, 9, 5, 30, 250)],
  // It is 11:20 in Tokyo, and still the 19th in New York.
  ["11:00", "Asia/Tokyo", NOW - 20 * 60_000],
  ["21:20", "America/New_York", NOW],
  ["10m", "UTC", NOW - 600_000],
  ["2h", "UTC", NOW - 7_200_000],
  ["3d", "UTC", NOW - 3 * 86_400_000],
  ["10 min ago", "UTC", NOW - 600_000],
  ["24:00", "UTC", Date.UTC(2026, 10, 21)],
  ["25:00", "UTC", null],
  ["14:60", "UTC", null],
  ["10", "UTC", null],
  ["90y", "UTC", null],
])("at 02:20 UTC, %j in %s is %j", (text, zone, ms) => {
  expect(parseMoment(text, zone, NOW)).toBe(ms);
  expect(parseMomentFromNow(text, zone, NOW)).toBe(ms);
});

test("what means the same moment at any time isn't one from now", () => {
  for (const text of ["2026-11-20", "1795141200000", "2026-11-20T02:20Z", "soon", ""]) {
    expect(parseMomentFromNow(text, "UTC", NOW)).toBe(null);
  }
});

test("a time without a zone is one of the zone on screen, on both sides of a change of the clocks", () => {
  expect(parseMoment("2026-11-20T03:20:00", "Europe/Berlin")).toBe(1_795_141_200_000);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      const ms = seconds * 1_000;
      const shown = pickerValue(ms, "Europe/Berlin");
      const read = parseMoment(shown, "Europe/Berlin");
      // In the hour that the clocks repeat, either is right.
      expect(read === null ? null : pickerValue(read, "Europe/Berlin")).toBe(shown);
    }),
  );
});

test.each([
  ["15 min", 900_000],
  ["1 d 12 h", 129_600_000],
  ["-2h", 7_200_000],
  ["PT15M", 900_000],
  ["P1DT2H", 93_600_000],
  ["15", null],
  ["P", null],
  ["soon", null],
  ["200000 d", null],
])("%j is a span of %j ms", (text, ms) => expect(parseDuration(text)).toBe(ms));
