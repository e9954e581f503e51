import type { MapScale } from "../segments-url.ts";
import type { MapSegment } from "./map-segment.ts";
import { type Domain, type Span, shareOf } from "./shares.ts";
import { orderTimes, type TimeSpans, timeDomain, timeSpans } from "./time-spans.ts";

/** Where each lane's segments lie on the axis that all of them share. */
export interface MapSpans {
  /** In ms, offsets or bytes; null when no timestamp is known to draw by. */
  readonly domain: Domain | null;
  readonly lanes: readonly (readonly Span[])[];
  /** By time: what isn't drawn where its timestamps say, for each lane. */
  readonly moved: readonly (TimeSpans["moved"] | null)[];
}

export interface SpanBounds {
  readonly nowMs: bigint;
  /** Where retention.ms cuts; null when it doesn't. */
  readonly edgeMs: bigint | null;
  readonly highWatermark: bigint | null;
}

/** The segments of one or more replicas on one axis. */
export function spansOf(scale: MapScale, lanes: readonly (readonly MapSegment[])[], bounds: SpanBounds): MapSpans {
  if (scale === "time") return byTime(lanes, bounds);
  return scale === "offset" ? byOffset(lanes, bounds) : bySize(lanes);
}

function byTime(lanes: readonly (readonly MapSegment[])[], { nowMs, edgeMs }: SpanBounds): MapSpans {
  const ordered = lanes.map((segments) => orderTimes(segments, nowMs));
  const domain = timeDomain(ordered, nowMs, edgeMs);
  const drawn = ordered.map((times) => timeSpans(times, domain, nowMs));
  return { domain, lanes: drawn.map(({ spans }) => spans), moved: drawn.map(({ moved }) => moved) };
}

function byOffset(lanes: readonly (readonly MapSegment[])[], { highWatermark }: SpanBounds): MapSpans {
  const all = lanes.flat();
  const [first] = all;
  if (first === undefined) return empty(lanes);
  let { base: from, end: to } = first;
  for (const { base, end } of all) {
    if (base < from) from = base;
    if (end > to) to = end;
  }
  if (highWatermark !== null && highWatermark > to) to = highWatermark;
  const domain = atLeastOne(from, to);
  return {
    domain,
    lanes: lanes.map((segments) =>
      segments.map(({ base, end }) => ({ from: shareOf(base, domain), to: shareOf(end, domain) })),
    ),
    moved: lanes.map(() => null),
  };
}

function bySize(lanes: readonly (readonly MapSegment[])[]): MapSpans {
  const ends = lanes.map((segments) => {
    let sum = 0n;
    return segments.map(({ size }) => {
      sum += size;
      return { from: sum - size, to: sum };
    });
  });
  const largest = ends.reduce((most, lane) => ((lane.at(-1)?.to ?? 0n) > most ? (lane.at(-1)?.to ?? 0n) : most), 0n);
  const domain = atLeastOne(0n, largest);
  return {
    domain,
    lanes: ends.map((lane) => lane.map(({ from, to }) => ({ from: shareOf(from, domain), to: shareOf(to, domain) }))),
    moved: lanes.map(() => null),
  };
}

function empty(lanes: readonly (readonly MapSegment[])[]): MapSpans {
  return { domain: atLeastOne(0n, 0n), lanes: lanes.map(() => []), moved: lanes.map(() => null) };
}

function atLeastOne(from: bigint, to: bigint): Domain {
  return { from, to: to > from ? to : from + 1n };
}
