import type { Segment } from "#lib/contracts/segments.ts";

/** A segment among its neighbours; all null when it isn't in the list. */
export interface SegmentPlace {
  readonly segment: Segment | null;
  readonly previous: Segment | null;
  readonly next: Segment | null;
}

/** @param segments oldest first */
export function placeOf(segments: readonly Segment[], baseOffset: string): SegmentPlace {
  const at = segments.findIndex((segment) => segment.baseOffset === baseOffset);
  if (at === -1) return { segment: null, previous: null, next: null };
  return { segment: segments[at] ?? null, previous: segments[at - 1] ?? null, next: segments[at + 1] ?? null };
}

/** The segment that an offset lies in by the names of the files: the largest base offset at or before it; null before all. */
export function segmentHolding(segments: readonly Segment[], offset: string): Segment | null {
  const wanted = BigInt(offset);
  return segments.findLast(({ baseOffset }) => BigInt(baseOffset) <= wanted) ?? null;
}

/** In batches: a page's worth, less some for batches that hold less than the average. */
const LAST_PAGE_BATCHES = 60n;

/**
 * An offset from which on about the last page of a segment is left; null when the first page may hold all.
 * @param batches how many the segment has; null: not counted, so as many as offsets at most
 */
export function lastPageFrom({ baseOffset, lastOffset }: Segment, batches: number | null): string | null {
  if (lastOffset === null) return null;
  const [base, last] = [BigInt(baseOffset), BigInt(lastOffset)];
  const perBatch = batches === null || batches <= 0 ? 1n : (last - base + 1n) / BigInt(batches);
  const from = last - LAST_PAGE_BATCHES * (perBatch < 1n ? 1n : perBatch);
  return from <= base ? null : from.toString();
}
