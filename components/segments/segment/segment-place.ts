import type { BatchPage, StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { Segment, SegmentList } from "#lib/contracts/segments.ts";

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

/** What is at an offset by now. */
export type OffsetNow =
  /** Before the log start offset. */
  | { readonly at: "deleted"; readonly logStartOffset: string }
  /** At the log's end or behind it; `end` is the next offset that will be written. */
  | { readonly at: "unwritten"; readonly end: string }
  | { readonly at: "within"; readonly segment: Segment };

/**
 * Where an offset lies: nowhere, or in a segment.
 * @param segments of a replica, oldest first
 * @returns null: it can't be told
 */
export function offsetNow(
  { logStartOffset, highWatermark }: Pick<SegmentList, "logStartOffset" | "highWatermark">,
  segments: readonly Segment[],
  offset: string,
): OffsetNow | null {
  const wanted = BigInt(offset);
  if (logStartOffset !== null && wanted < BigInt(logStartOffset)) return { at: "deleted", logStartOffset };
  const last = segments.at(-1);
  if (last === undefined) return null;
  const written = last.lastOffset === null ? BigInt(last.baseOffset) : BigInt(last.lastOffset) + 1n;
  // A follower may be behind what the leader has.
  const end = highWatermark !== null && BigInt(highWatermark) > written ? BigInt(highWatermark) : written;
  // Of a last segment that can't be read only the base is known: with nothing of Kafka's, its end isn't.
  if (last.lastOffset === null && last.sizeBytes !== "0" && highWatermark === null) return null;
  if (wanted >= end) return { at: "unwritten", end: String(end) };
  const segment = segmentHolding(segments, offset);
  return segment === null ? null : { at: "within", segment };
}

/** In batches: a page's worth, less some for batches that hold less than those that were seen. */
const LAST_PAGE_BATCHES = 60n;

/**
 * An offset from which on about the last page of a segment is left; null when the first page may hold all.
 * @param seen a page of its batches: how many offsets one has
 */
export function lastPageFrom({ baseOffset, lastOffset }: Segment, seen: readonly StoredBatch[]): string | null {
  if (lastOffset === null) return null;
  const from = BigInt(lastOffset) - LAST_PAGE_BATCHES * offsetsOfOne(seen);
  return from <= BigInt(baseOffset) ? null : from.toString();
}

function offsetsOfOne(batches: readonly StoredBatch[]): bigint {
  const [first, last] = [batches[0]?.baseOffset, batches.at(-1)?.lastOffset];
  if (first == null || last == null) return 1n;
  const each = (BigInt(last) - BigInt(first) + 1n) / BigInt(batches.length);
  return each < 1n ? 1n : each;
}

/**
 * Whether a page that ended with its file can have batches behind it by now: of the active segment at any time; of another when
 * the file, as the list has it, is longer than the page knew it, because it was read before the broker rolled it.
 */
export function mayHaveGrown(
  { nextPosition, fileBytes }: Pick<BatchPage, "nextPosition" | "fileBytes">,
  segment: Segment | null,
): boolean {
  if (nextPosition !== null || segment === null) return false;
  return segment.active || BigInt(segment.sizeBytes) > BigInt(fileBytes);
}

interface ReplicaRead {
  readonly brokerId: number;
  readonly observedAtMs: number;
}

/** Whether a segment was deleted or merged after its page was read: a later list of the same replica doesn't have it. */
export function wentAway({ segment }: SegmentPlace, page: ReplicaRead, list: ReplicaRead): boolean {
  return segment === null && page.brokerId === list.brokerId && list.observedAtMs > page.observedAtMs;
}
