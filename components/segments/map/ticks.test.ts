import fc from "fast-check";
import { expect, test } from "vitest";
import { byteTicks, offsetTicks } from "./axis-ticks.ts";
import { timeTicks } from "./time-ticks.ts";

const at = (iso: string) => BigInt(Date.parse(iso));
const labelsOf = (ticks: readonly { readonly label: string | null }[]) =>
  ticks.map(({ label }) => label).filter((label) => label !== null);

test("days are days of the viewer's zone", () => {
  const week = { from: at("2026-11-13T12:00:00Z"), to: at("2026-11-20T02:00:00Z") };
  expect(labelsOf(timeTicks(week, "UTC", 10))).toEqual([
    "Sat 14",
    "Sun 15",
    "Mon 16",
    "Tue 17",
    "Wed 18",
    "Thu 19",
    "Fri 20",
  ]);
  const [first] = timeTicks(week, "Asia/Kolkata", 10).filter(({ label }) => label === "Sat 14");
  // Midnight there is 18:30 the day before.
  expect(first?.share).toBeCloseTo(6.5 / 158, 4);
});

test("midnight is midnight on both sides of a change of the clock", () => {
  const days = { from: at("2026-03-28T00:00:00Z"), to: at("2026-03-31T00:00:00Z") };
  const midnights = timeTicks(days, "Europe/Berlin", 3).filter(({ label }) => label !== null);
  const hours = midnights.map(({ share }) => Math.round(share * 72));
  expect(hours).toEqual([23, 46, 70]);
  expect(labelsOf(midnights)).toEqual(["Sun 29", "Mon 30", "Tue 31"]);
});

test.each([
  ["seconds", "2026-11-20T10:00:00Z", "2026-11-20T10:00:20Z", "10:00:05"],
  ["parts of a second", "2026-11-20T10:00:00Z", "2026-11-20T10:00:01Z", "10:00:00.2"],
  ["minutes", "2026-11-20T10:00:00Z", "2026-11-20T10:40:00Z", "10:05"],
  ["hours over midnight", "2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z", "Sat 21"],
  ["months", "2026-01-15T00:00:00Z", "2026-10-15T00:00:00Z", "Apr 2026"],
  ["years", "1970-01-01T00:00:00Z", "2026-10-15T00:00:00Z", "2000"],
])("labels suit the length of the axis: %s", (_, from, to, label) => {
  expect(labelsOf(timeTicks({ from: at(from), to: at(to) }, "UTC", 8))).toContain(label);
});

test("ticks lie on the axis in order, and no more are labelled than there is room for", () => {
  const time = fc.bigInt({ min: 0n, max: at("2030-01-01T00:00:00Z") });
  const length = fc.bigInt({ min: 1_000n, max: 10_000_000_000n });
  fc.assert(
    fc.property(time, length, fc.integer({ min: 2, max: 14 }), (from, span, labels) => {
      const domain = { from, to: from + span };
      for (const ticks of [
        timeTicks(domain, "America/New_York", labels),
        offsetTicks(domain, labels),
        byteTicks(domain, labels),
      ]) {
        let reached = 0;
        for (const { share } of ticks) {
          expect(share).toBeGreaterThanOrEqual(reached);
          reached = share;
        }
        expect(reached).toBeLessThanOrEqual(1);
        expect(labelsOf(ticks).length).toBeLessThanOrEqual(labels + 2);
        expect(ticks.length).toBeLessThan(400);
      }
    }),
    { numRuns: 60 },
  );
});

test("offsets are round in tens, bytes in powers of two", () => {
  expect(labelsOf(offsetTicks({ from: 3_637_402n, to: 48_077_655n }, 5))).toEqual([
    "10000000",
    "20000000",
    "30000000",
    "40000000",
  ]);
  expect(labelsOf(byteTicks({ from: 0n, to: 10_000n }, 5))).toEqual(["0", "2048", "4096", "6144", "8192"]);
});
