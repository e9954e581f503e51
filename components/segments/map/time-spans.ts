import type { MapSegment } from "./map-segment.ts";
import { type Domain, type Span, shareOf } from "./shares.ts";

/** A clock that is this much ahead of the server's is no news. */
const FUTURE_TOLERANCE_MS = 60_000n;
/** Times moved by less than this share of the axis are as good as drawn where they are. */
const NOTICED = 0.01;
/** An axis is at least a second long. */
const MIN_DOMAIN_MS = 1_000n;
/** The present, or the edge of retention, is on the axis when that makes it longer by at most one part in so many. */
const NOW_PART = 4n;
const EDGE_PART = 8n;
/** Room to the left of the edge, so that the line isn't the track's end. */
const EDGE_MARGIN_PART = 40n;

/**
 * A replica's times in order of its offsets: two for each segment, its first and its largest. Producers set them, so they may be
 * missing, run backwards or lie in the future; an axis needs them in order. Kept is the longest run that is.
 */
export interface OrderedTimes {
  readonly segments: readonly MapSegment[];
  /** Null: not kept. */
  readonly points: readonly (bigint | null)[];
  /** From the first kept one to the last; null when there is none. */
  readonly extent: Domain | null;
}

/** @param nowMs what is later than it is not kept, but for `FUTURE_TOLERANCE_MS` */
export function orderTimes(segments: readonly MapSegment[], nowMs: bigint): OrderedTimes {
  const times = segments.flatMap(({ firstMs, maxMs }) => [firstMs, maxMs]);
  const usable = times.map((time) => (time !== null && !isFuture(time, nowMs) ? time : null));
  const kept = longestOrdered(usable);
  const points = usable.map((time, index) => (kept.has(index) ? time : null));
  const known = points.filter((time) => time !== null);
  const [from, to] = [known[0], known.at(-1)];
  return { segments, points, extent: from === undefined || to === undefined ? null : { from, to } };
}

function isFuture(timeMs: bigint, nowMs: bigint): boolean {
  return timeMs > nowMs + FUTURE_TOLERANCE_MS;
}

/** The time axis of all lanes: from the oldest to the newest, and to now or to the edge of retention where those are near. */
export function timeDomain(lanes: readonly OrderedTimes[], nowMs: bigint, edgeMs: bigint | null): Domain | null {
  const extents = lanes.map(({ extent }) => extent).filter((extent) => extent !== null);
  const [first] = extents;
  if (first === undefined) return null;
  let { from, to } = first;
  for (const extent of extents) {
    if (extent.from < from) from = extent.from;
    if (extent.to > to) to = extent.to;
  }
  if (to - from < MIN_DOMAIN_MS) to = from + MIN_DOMAIN_MS;
  const length = to - from;
  if (nowMs > to && nowMs - to <= length / NOW_PART) to = nowMs;
  if (edgeMs !== null && edgeMs < from && from - edgeMs <= length / EDGE_PART)
    from = edgeMs - length / EDGE_MARGIN_PART;
  return { from, to };
}

export interface TimeSpans {
  readonly spans: readonly Span[];
  /** Segments drawn elsewhere than their timestamps say, by why. */
  readonly moved: { readonly unknown: number; readonly outOfOrder: number; readonly future: number };
}

/**
 * A segment reaches from its first to its largest timestamp. What isn't in order ends where its neighbours begin; segments of
 * which nothing is in order are laid side by side, by offset, between the ones that are.
 */
export function timeSpans({ segments, points }: OrderedTimes, domain: Domain | null, nowMs: bigint): TimeSpans {
  const shares = points.map((time) => (time === null || domain === null ? null : shareOf(time, domain)));
  const filled: number[] = [];
  for (let at = 0; at < shares.length; ) {
    const share = shares[at];
    if (share !== null && share !== undefined) {
      filled[at] = share;
      at += 1;
      continue;
    }
    let end = at;
    while (end < shares.length && shares[end] === null) end += 1;
    const before = filled[at - 1] ?? null;
    const after = shares[end] ?? null;
    fill(filled, at, end, before ?? after ?? 0, after ?? before ?? 1);
    at = end;
  }
  const spans = segments.map((_, index) => ({ from: filled[index * 2] ?? 0, to: filled[index * 2 + 1] ?? 0 }));
  return { spans, moved: countMoved(segments, spans, domain, nowMs) };
}

/**
 * Points `at` to `end` between two places, equal parts for each segment that they belong to. So the end of a segment alone reaches
 * to where the next one begins, a beginning alone to where the one before ended, and segments that lack both lie side by side.
 */
function fill(filled: number[], at: number, end: number, from: number, to: number): void {
  const first = at >> 1;
  const parts = ((end - 1) >> 1) - first + 1;
  for (let point = at; point < end; point++) {
    const number = (point >> 1) - first + (point % 2);
    // A sum of fractions may come out a hair beyond.
    filled[point] = Math.min(to, from + ((to - from) * number) / parts);
  }
}

function countMoved(
  segments: readonly MapSegment[],
  spans: readonly Span[],
  domain: Domain | null,
  nowMs: bigint,
): TimeSpans["moved"] {
  const moved = { unknown: 0, outOfOrder: 0, future: 0 };
  segments.forEach(({ firstMs, maxMs }, index) => {
    const span = spans[index];
    if (firstMs === null || maxMs === null || span === undefined) moved.unknown += 1;
    else if (isFuture(maxMs, nowMs) || isFuture(firstMs, nowMs)) moved.future += 1;
    else if (domain !== null && (isElsewhere(firstMs, span.from, domain) || isElsewhere(maxMs, span.to, domain)))
      moved.outOfOrder += 1;
  });
  return moved;
}

function isElsewhere(timeMs: bigint, drawn: number, domain: Domain): boolean {
  return Math.abs(shareOf(timeMs, domain) - drawn) > NOTICED || timeMs < domain.from || timeMs > domain.to;
}

/** The indexes of the longest non-decreasing subsequence, in O(n log n). */
function longestOrdered(times: readonly (bigint | null)[]): ReadonlySet<number> {
  /** For each length, the index of the smallest time that ends such a run; then the way back. */
  const ends: number[] = [];
  const previous: number[] = [];
  times.forEach((time, index) => {
    if (time === null) return;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = times[ends[middle] ?? 0];
      if (there !== null && there !== undefined && there <= time) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) kept.add(index);
  return kept;
}
