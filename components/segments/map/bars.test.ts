import fc from "fast-check";
import { expect, test } from "vitest";
import { barIndexes, layoutBars } from "./bars.ts";
import type { Span } from "./shares.ts";

/** Spans in order, with gaps and of no length among them. */
const spans = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 2, maxLength: 1_200 })
  .map((places): Span[] => {
    const sorted = places.slice(0, places.length & ~1).toSorted((a, b) => a - b);
    return sorted.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: sorted[index + 1] ?? from }] : []));
  });
const track = fc.integer({ min: 40, max: 2_400 });
const NEARLY = 1e-6;

test("no bar leaves the track or covers another, and each segment is in exactly one, in order", () => {
  fc.assert(
    fc.property(spans, track, (given, trackPx) => {
      const bars = layoutBars(given, trackPx);
      let reached = 0;
      let next = 0;
      for (const { first, last, left, width } of bars) {
        expect(first).toBe(next);
        expect(last).toBeGreaterThanOrEqual(first);
        expect(left).toBeGreaterThanOrEqual(reached - NEARLY);
        reached = left + width;
        next = last + 1;
      }
      expect(next).toBe(given.length);
      expect(reached).toBeLessThanOrEqual(trackPx + NEARLY);
      expect(barIndexes(bars)).toHaveLength(given.length);
    }),
  );
});

test("every bar can be seen: it is three pixels wide at least", () => {
  fc.assert(
    fc.property(spans, track, (given, trackPx) => {
      for (const { width } of layoutBars(given, trackPx)) expect(width).toBeGreaterThanOrEqual(3 - NEARLY);
    }),
  );
});

test("a few segments are never drawn as one, even at the same place", () => {
  const bars = layoutBars(
    Array.from({ length: 20 }, () => ({ from: 1, to: 1 })),
    1_000,
  );
  expect(bars).toHaveLength(20);
  expect(bars.at(-1)).toEqual({ first: 19, last: 19, left: 992, width: 8 });
});

test("bars that are wide enough are where their spans say", () => {
  const [first, second] = layoutBars(
    [
      { from: 0, to: 0.25 },
      { from: 0.5, to: 1 },
    ],
    1_000,
  );
  expect(first).toEqual({ first: 0, last: 0, left: 0, width: 250 });
  expect(second).toEqual({ first: 1, last: 1, left: 500, width: 500 });
});

test("two thousand segments are some hundred bars, and a wide one among them stays by itself", () => {
  const narrow = Array.from({ length: 2_000 }, (_, index) => ({ from: index / 4_000, to: (index + 1) / 4_000 }));
  const bars = layoutBars([...narrow, { from: 0.5, to: 1 }], 1_000);
  expect(bars.length).toBeLessThan(340);
  expect(bars.at(-1)).toMatchObject({ first: 2_000, last: 2_000 });
});

test("nothing to draw is no bar", () => {
  expect(layoutBars([], 1_000)).toEqual([]);
});
