import { type Bar, barIndexes, layoutBars } from "./bars.ts";
import { type MapSegment, segmentAt } from "./map-segment.ts";
import { type Domain, type Span, shareOf } from "./shares.ts";

/** One replica's segments on its track, in pixels. */
export interface LaneLayout {
  readonly segments: readonly MapSegment[];
  readonly bars: readonly Bar[];
  /** For each segment, which bar it is in. */
  readonly barOf: readonly number[];
  readonly trackPx: number;
}

export function layoutLane(segments: readonly MapSegment[], spans: readonly Span[], trackPx: number): LaneLayout {
  const bars = layoutBars(spans, trackPx);
  return { segments, bars, barOf: barIndexes(bars), trackPx };
}

/** The place of a segment's part: 0 its beginning, 1 its end. Within a bar of several, each has an equal part. */
export function placeWithin({ bars, barOf }: LaneLayout, index: number, part: number): number {
  const bar = bars[barOf[index] ?? -1];
  if (bar === undefined) return 0;
  return bar.left + (bar.width * (index - bar.first + part)) / (bar.last - bar.first + 1);
}

/** Where an offset is drawn: within a segment in proportion to its offsets, so only about there by time or bytes. */
export function placeOffset(lane: LaneLayout, offset: bigint): number {
  const index = segmentAt(lane.segments, offset);
  const segment = lane.segments[index];
  if (segment === undefined) return lane.bars[0]?.left ?? 0;
  const part = segment.end > segment.base ? shareOf(offset, { from: segment.base, to: segment.end }) : 1;
  return placeWithin(lane, index, part);
}

/** Where so many bytes before the log's end are drawn; null when the log is smaller. */
export function placeBytesBeforeEnd(lane: LaneLayout, bytes: bigint): number | null {
  let rest = bytes;
  for (let index = lane.segments.length - 1; index >= 0; index--) {
    const size = lane.segments[index]?.size ?? 0n;
    if (rest < size) return placeWithin(lane, index, 1 - shareOf(rest, { from: 0n, to: size }));
    rest -= size;
  }
  return null;
}

/**
 * Where a moment is drawn: in the first segment with a message as young, or before it.
 * @param axis the time axis; null on a scale that isn't time
 * @returns null when every message is older, and there is no time axis
 */
export function placeTime(lane: LaneLayout, timeMs: bigint, axis: Domain | null): number | null {
  const index = lane.segments.findIndex(({ maxMs }) => maxMs !== null && maxMs >= timeMs);
  const segment = lane.segments[index];
  const onAxis = axis === null ? null : shareOf(timeMs, axis) * lane.trackPx;
  if (segment === undefined || segment.maxMs === null) {
    return onAxis === null ? null : Math.max(onAxis, placeWithin(lane, lane.segments.length - 1, 1));
  }
  const { firstMs, maxMs } = segment;
  if (firstMs !== null && firstMs <= timeMs && firstMs < maxMs) {
    return placeWithin(lane, index, shareOf(timeMs, { from: firstMs, to: maxMs }));
  }
  const begins = placeWithin(lane, index, 0);
  if (onAxis === null) return begins;
  return Math.min(begins, Math.max(onAxis, index === 0 ? 0 : placeWithin(lane, index - 1, 1)));
}

/** About when the message at an offset was written, by its segment's first and largest timestamp; null when those don't tell. */
export function timeAtOffset(segments: readonly MapSegment[], offset: bigint): bigint | null {
  const segment = segments[segmentAt(segments, offset)];
  if (segment === undefined || segment.firstMs === null || segment.maxMs === null) return null;
  const { firstMs, maxMs, base, end } = segment;
  if (maxMs < firstMs || offset >= end) return null;
  return end - base <= 1n ? firstMs : firstMs + ((maxMs - firstMs) * (offset - base)) / (end - base);
}

/** The segment that is drawn at a place of the track, the nearest one where nothing is; -1 when there is none. */
export function segmentAtPlace({ bars }: LaneLayout, px: number): number {
  let nearest = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const { first, last, left, width } of bars) {
    const away = px < left ? left - px : px > left + width ? px - left - width : 0;
    if (away >= distance) continue;
    distance = away;
    const count = last - first + 1;
    const part = width > 0 ? (px - left) / width : 0;
    nearest = first + Math.min(count - 1, Math.max(0, Math.floor(part * count)));
  }
  return nearest;
}
