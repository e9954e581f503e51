import type { Segment } from "#lib/contracts/segments.ts";

/** A segment as it is drawn. */
export interface MapSegment {
  readonly segment: Segment;
  readonly base: bigint;
  /** One beyond its last record; where that isn't known, the next segment's base. */
  readonly end: bigint;
  readonly size: bigint;
  readonly firstMs: bigint | null;
  readonly maxMs: bigint | null;
}

/** A replica's segments in order of their base offsets, with numbers in place of text. */
export function mapSegments(segments: readonly Segment[]): MapSegment[] {
  return segments.map((segment, index) => {
    const base = BigInt(segment.baseOffset);
    const next = segments[index + 1];
    const size = BigInt(segment.sizeBytes);
    return {
      segment,
      base,
      end: endOf(segment, base, size, next === undefined ? null : BigInt(next.baseOffset)),
      size,
      firstMs: timeOf(segment.firstTimestampMs),
      maxMs: timeOf(segment.maxTimestampMs),
    };
  });
}

function endOf({ lastOffset }: Segment, base: bigint, size: bigint, next: bigint | null): bigint {
  if (lastOffset !== null) {
    const end = BigInt(lastOffset) + 1n;
    return end < base ? base : next !== null && end > next ? next : end;
  }
  return size === 0n || next === null || next < base ? base : next;
}

/** Kafka's -1 is no time; and what else is before 1970 is damage, beyond what an axis of dates can show. */
function timeOf(text: string | null): bigint | null {
  const ms = text === null ? -1n : BigInt(text);
  return ms < 0n ? null : ms;
}

/** The segment that holds an offset, or would: the last one whose base is at or before it; -1 before the first. */
export function segmentAt(segments: readonly MapSegment[], offset: bigint): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const base = segments[middle]?.base;
    if (base !== undefined && base <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
