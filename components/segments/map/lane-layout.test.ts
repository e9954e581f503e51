import fc from "fast-check";
import { expect, test } from "vitest";
import {
  layoutLane,
  placeBytesBeforeEnd,
  placeOffset,
  placeTime,
  placeWithin,
  segmentAtPlace,
  timeAtOffset,
} from "./lane-layout.ts";
import { madeUpSegment, madeUpTimes } from "./made-up-segments.fixture.ts";
import { mapSegments, segmentAt } from "./map-segment.ts";

/** Four segments of 100 offsets and 1,000 bytes, the last offsets of the second one missing; 100 px each. */
const segments = mapSegments([
  madeUpSegment(0),
  madeUpSegment(100, { lastOffset: "149" }),
  madeUpSegment(200),
  madeUpSegment(300, { active: true }),
]);
const lane = layoutLane(
  segments,
  [0, 1, 2, 3].map((quarter) => ({ from: quarter / 4, to: (quarter + 1) / 4 })),
  400,
);

test("an offset lies within its segment in proportion, one in a gap at the end of what comes before it", () => {
  expect(placeOffset(lane, 0n)).toBe(0);
  expect(placeOffset(lane, 50n)).toBe(50);
  expect(placeOffset(lane, 125n)).toBe(150);
  expect(placeOffset(lane, 180n)).toBe(200);
  expect(placeOffset(lane, 400n)).toBe(400);
});

test("an offset outside the log is at its end", () => {
  const later = layoutLane(segments.slice(2), [{ from: 0.5, to: 0.75 }], 400);
  expect(placeOffset(later, 3n)).toBe(200);
  expect(placeOffset(lane, 2n ** 62n)).toBe(400);
});

test("places of offsets are in the order of the offsets, and on the track", () => {
  const offset = fc.bigInt({ min: 0n, max: 500n });
  fc.assert(
    fc.property(offset, offset, (a, b) => {
      const [first, second] = a < b ? [a, b] : [b, a];
      expect(placeOffset(lane, first)).toBeLessThanOrEqual(placeOffset(lane, second));
      expect(placeOffset(lane, second)).toBeLessThanOrEqual(400);
    }),
  );
});

test("so many bytes before the end: within the segment that holds them, nowhere when the log is smaller", () => {
  expect(placeBytesBeforeEnd(lane, 0n)).toBe(400);
  expect(placeBytesBeforeEnd(lane, 500n)).toBe(350);
  expect(placeBytesBeforeEnd(lane, 1_000n)).toBe(300);
  expect(placeBytesBeforeEnd(lane, 3_999n)).toBeCloseTo(0.1, 5);
  expect(placeBytesBeforeEnd(lane, 4_000n)).toBeNull();
});

test("a moment lies in the first segment with a message as young; between two, where the axis has it", () => {
  const timed = madeUpTimes([
    [0, 100],
    [300, 400],
  ]);
  const axis = { from: 0n, to: 400n };
  const drawn = layoutLane(
    timed,
    [
      { from: 0, to: 0.25 },
      { from: 0.75, to: 1 },
    ],
    400,
  );
  expect(placeTime(drawn, 50n, axis)).toBe(50);
  expect(placeTime(drawn, 200n, axis)).toBe(200);
  expect(placeTime(drawn, 350n, axis)).toBe(350);
  expect(placeTime(drawn, 200n, null)).toBe(300);
  expect(placeTime(drawn, 500n, null)).toBeNull();
  expect(placeTime(drawn, 500n, axis)).toBe(400);
});

test("what was written when is told only where the segment's own timestamps tell", () => {
  const timed = madeUpTimes([
    [1_000, 2_000],
    [null, null],
    [9_000, 3_000],
  ]);
  expect(timeAtOffset(timed, 50n)).toBe(1_500n);
  expect(timeAtOffset(timed, 150n)).toBeNull();
  expect(timeAtOffset(timed, 250n)).toBeNull();
  expect(timeAtOffset(timed, 300n)).toBeNull();
});

test("the pointer finds each segment again, also where several share a bar", () => {
  const count = 2_000;
  const many = layoutLane(
    mapSegments(Array.from({ length: count }, (_, index) => madeUpSegment(index * 100))),
    Array.from({ length: count }, (_, index) => ({ from: index / count, to: (index + 1) / count })),
    900,
  );
  expect(many.bars.length).toBeLessThan(count);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: count - 1 }), (index) => {
      expect(segmentAtPlace(many, placeWithin(many, index, 0.5))).toBe(index);
    }),
  );
  expect(segmentAtPlace(many, -5)).toBe(0);
  expect(segmentAtPlace(many, 5_000)).toBe(count - 1);
});

test("the segment of an offset is the last one whose base isn't beyond it", () => {
  expect([0n, 99n, 100n, 199n, 1_000n].map((offset) => segmentAt(segments, offset))).toEqual([0, 0, 1, 1, 3]);
  expect(segmentAt(segments.slice(1), 5n)).toBe(-1);
});
