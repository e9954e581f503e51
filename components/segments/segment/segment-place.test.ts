import { expect, test } from "vitest";
import { aSegment } from "../table/segment.fixture.ts";
import { lastPageFrom, mayHaveGrown, offsetNow, placeOf, segmentHolding, wentAway } from "./segment-place.ts";
import { storedBatch } from "./stored-batch.fixture.ts";

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

test("an offset lies in a segment, or nowhere: deleted, or not written yet", () => {
  const log = { logStartOffset: "150", highWatermark: "9007199254741000" };
  const now = (offset: string, kafka = log as Parameters<typeof offsetNow>[0]) => offsetNow(kafka, segments, offset);
  expect(now("149")).toEqual({ at: "deleted", logStartOffset: "150" });
  expect(now("150")).toMatchObject({ at: "within", segment: { baseOffset: "100" } });
  expect(now("9007199254740999")).toMatchObject({ at: "within", segment: { baseOffset: "9007199254740993" } });
  expect(now("9007199254741000")).toEqual({ at: "unwritten", end: "9007199254741000" });
  // What Kafka doesn't tell, the files do; a follower may be behind Kafka.
  expect(now("9007199254741000", { logStartOffset: null, highWatermark: null })).toMatchObject({ at: "unwritten" });
  expect(now("99", { logStartOffset: null, highWatermark: null })).toBeNull();
  expect(now("9007199254741005", { ...log, highWatermark: "9007199254741010" })).toMatchObject({ at: "within" });
  const empty = [aSegment({ baseOffset: "7", lastOffset: null, sizeBytes: "0", active: true })];
  expect(offsetNow({ logStartOffset: "7", highWatermark: "7" }, empty, "7")).toEqual({ at: "unwritten", end: "7" });
  const unread = [aSegment({ baseOffset: "7", lastOffset: null, sizeBytes: "500" })];
  expect(offsetNow({ logStartOffset: "7", highWatermark: null }, unread, "9")).toBeNull();
  expect(offsetNow(log, [], "9000")).toBeNull();
});

test("the last page begins some batches before the last offset, or is the first", () => {
  const batches = (...ends: number[]) =>
    ends.map((end, index) => storedBatch({ baseOffset: String((ends[index - 1] ?? -1) + 1), lastOffset: String(end) }));
  expect(lastPageFrom(segment("0", "99999"), batches(9, 19, 29))).toBe("99399");
  expect(lastPageFrom(segment("0", "99999"), [])).toBe("99939");
  expect(lastPageFrom(segment("0", "99999"), [storedBatch({ baseOffset: null, lastOffset: null })])).toBe("99939");
  expect(lastPageFrom(segment("0", "40"), batches(0, 1))).toBeNull();
  expect(lastPageFrom(segment("0", null), batches(9))).toBeNull();
});

test("behind the last page more may come while the segment is active, and what came before it was rolled", () => {
  const page = { nextPosition: null, fileBytes: "1000" };
  const [active, rolled] = [aSegment({ active: true, sizeBytes: "1000" }), aSegment({ sizeBytes: "1000" })];
  expect(mayHaveGrown(page, active)).toBe(true);
  expect(mayHaveGrown({ ...page, nextPosition: "900" }, active)).toBe(false);
  expect(mayHaveGrown(page, rolled)).toBe(false);
  expect(mayHaveGrown({ ...page, fileBytes: "900" }, rolled)).toBe(true);
  expect(mayHaveGrown(page, null)).toBe(false);
});

test("a segment went away when a later list of the same replica doesn't have it", () => {
  const [there, away] = [placeOf(segments, "200"), placeOf(segments, "150")];
  const read = { brokerId: 1, observedAtMs: 1_000 };
  const later = { ...read, observedAtMs: 1_001 };
  expect(wentAway(away, read, later)).toBe(true);
  expect(wentAway(there, read, later)).toBe(false);
  expect(wentAway(away, later, read)).toBe(false);
  expect(wentAway(away, read, { ...later, brokerId: 2 })).toBe(false);
});
