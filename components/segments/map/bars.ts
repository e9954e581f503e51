import type { Span } from "./shares.ts";

/** What is drawn for one segment, or for neighbours that are too narrow to be told apart. In pixels of its track. */
export interface Bar {
  readonly first: number;
  readonly last: number;
  readonly left: number;
  readonly width: number;
}

/** A few segments are as wide as this at least, whatever their span, so that each can be seen and pointed at. */
const ROOMY_PX = 8;
/** Many: what is narrower than this is drawn as one with its neighbours. */
const NARROW_PX = 3;
/** No more than this part of a track is given away to make bars wider than they are. */
const ROOMY_PART = 4;

/**
 * Bars for spans in their order. None leaves the track or overlaps another, each segment is in exactly one, and each is at least
 * `NARROW_PX` wide (a track narrower than that holds one bar). A bar that had to be widened pushes the next ones on.
 */
export function layoutBars(spans: readonly Span[], trackPx: number): Bar[] {
  if (spans.length === 0) return [];
  const roomy = Math.min(ROOMY_PX, trackPx / (ROOMY_PART * spans.length));
  if (roomy >= NARROW_PX) {
    return widen(
      spans.map((span, index) => barOf(span, index, trackPx)),
      roomy,
      trackPx,
    );
  }
  const apart = merge(spans, trackPx, false);
  const bars = apart.length * NARROW_PX <= trackPx ? apart : merge(spans, trackPx, true);
  while (bars.length > 1 && bars.length * NARROW_PX > trackPx) mergeLast(bars);
  return widen(bars, Math.min(NARROW_PX, trackPx / bars.length), trackPx);
}

/** The bar of each segment: its index among the bars. */
export function barIndexes(bars: readonly Bar[]): number[] {
  return bars.flatMap(({ first, last }, index) => Array.from({ length: last - first + 1 }, () => index));
}

function barOf({ from, to }: Span, index: number, trackPx: number): Bar {
  return { first: index, last: index, left: from * trackPx, width: (to - from) * trackPx };
}

/** @param wide whether a segment that is wide enough by itself is taken in too, when it begins right after a narrow one */
function merge(spans: readonly Span[], trackPx: number, wide: boolean): Bar[] {
  const bars: Bar[] = [];
  spans.forEach((span, index) => {
    const next = barOf(span, index, trackPx);
    const bar = bars.at(-1);
    const joins = bar !== undefined && next.left - bar.left < NARROW_PX && (wide || fits(bar, next));
    if (joins) bars[bars.length - 1] = joined(bar, next);
    else bars.push(next);
  });
  return bars;
}

function fits(bar: Bar, next: Bar): boolean {
  return bar.width < NARROW_PX && next.width < NARROW_PX;
}

function joined(bar: Bar, next: Bar): Bar {
  const right = Math.max(bar.left + bar.width, next.left + next.width);
  return { first: bar.first, last: next.last, left: bar.left, width: right - bar.left };
}

function mergeLast(bars: Bar[]): void {
  const [bar, next] = bars.splice(-2);
  if (bar !== undefined && next !== undefined) bars.push(joined(bar, next));
}

/** Makes every bar at least so wide: to the right, then back to the left from the track's end. */
function widen(bars: readonly Bar[], minPx: number, trackPx: number): Bar[] {
  const edges: { left: number; right: number }[] = [];
  let reached = 0;
  for (const { left, width } of bars) {
    const from = Math.max(left, reached);
    reached = Math.max(left + width, from + minPx);
    edges.push({ left: from, right: reached });
  }
  let limit = trackPx;
  for (const edge of edges.toReversed()) {
    edge.right = Math.min(edge.right, limit);
    edge.left = Math.max(0, Math.min(edge.left, edge.right - minPx));
    limit = edge.left;
  }
  return bars.map(({ first, last }, index) => {
    const { left, right } = edges[index] ?? { left: 0, right: 0 };
    return { first, last, left, width: Math.max(0, right - left) };
  });
}
