import type { Segment, SegmentList } from "#lib/contracts/segments.ts";
import { aSegment } from "../table/segment.fixture.ts";
import { type MapSegment, mapSegments } from "./map-segment.ts";

/** A segment of a hundred records and a thousand bytes of which nothing else is known. */
export function madeUpSegment(baseOffset: bigint | number, parts: Partial<Segment> = {}): Segment {
  return aSegment({
    baseOffset: String(baseOffset),
    lastOffset: String(BigInt(baseOffset) + 99n),
    firstTimestampMs: null,
    maxTimestampMs: null,
    offsetIndex: null,
    timeIndex: null,
    ...parts,
  });
}

/** Segments side by side with these first and largest timestamps; null: unknown. */
export function madeUpTimes(times: readonly (readonly [first: number | null, max: number | null])[]): MapSegment[] {
  return mapSegments(
    times.map(([first, max], index) =>
      madeUpSegment(index * 100, {
        firstTimestampMs: first === null ? null : String(first),
        maxTimestampMs: max === null ? null : String(max),
      }),
    ),
  );
}

export const madeUpRetention: NonNullable<SegmentList["retention"]> = {
  cleanupPolicy: "delete",
  retentionMs: "-1",
  retentionBytes: "-1",
  segmentBytes: "1000",
  segmentMs: "604800000",
  tiered: false,
  checkIntervalMs: "300000",
};
