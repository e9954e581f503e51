import { expect, test } from "vitest";
import { aSegment } from "../table/segment.fixture.ts";
import { lastPageFrom, placeOf, segmentHolding } from "./segment-place.ts";

const segment = (baseOffset: string, lastOffset: string | null) => aSegment({ baseOffset, lastOffset });
const segments = [segment("100", "199"), segment("200", "299"), segment("9007199254740993", "9007199254740999")];

test("a segment has the neighbours that the list has", () => {
  expect(placeOf(segments, "200")).toMatchObject({ previous: { baseOffset: "100" }, segment: { baseOffset: "200" } });
  expect(placeOf(segments, "100").previous).toBeNull();
  expect(placeOf(segments, "150")).toEqual({ segment: null, previous: null, next: null });
});

test("an offset lies in the segment with the largest base at or before it", () => {
  expect(segmentHolding(segments, "199")?.baseOffset).toBe("100");
  expect(segmentHolding(segments, "200")?.baseOffset).toBe("200");
  expect(segmentHolding(segments, "9007199254740992")?.baseOffset).toBe("200");
  expect(segmentHolding(segments, "9007199254740994")?.baseOffset).toBe("9007199254740993");
  expect(segmentHolding(segments, "99")).toBeNull();
});

test("the last page begins some batches before the last offset, or is the first", () => {
  expect(lastPageFrom(segment("0", "99999"), 10_000)).toBe("99399");
  expect(lastPageFrom(segment("0", "99999"), null)).toBe("99939");
  expect(lastPageFrom(segment("0", "40"), 41)).toBeNull();
  expect(lastPageFrom(segment("0", null), null)).toBeNull();
  expect(lastPageFrom(segment("0", "99"), 1_000)).toBe("39");
});
