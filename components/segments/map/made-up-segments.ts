import type { Segment, SegmentList } from "#lib/contracts/segments.ts";
import { type MapSegment, mapSegments } from "./map-segment.ts";

/** A segment of a hundred records and a thousand bytes, for tests. */
export function madeUpSegment(baseOffset: bigint | number, parts: Partial<Segment> = {}): Segment {
  return {
    baseOffset: String(baseOffset),
    lastOffset: String(BigInt(baseOffset) + 99n),
    sizeBytes: "1000",
    firstTimestampMs: null,
    maxTimestampMs: null,
    active: false,
    compacted: null,
    offsetIndex: null,
    timeIndex: null,
    abortedTransactions: null,
    producerSnapshotBytes: null,
    goes: null,
    damage: [],
    ...parts,
  };
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
