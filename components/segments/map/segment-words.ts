import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatBytes, formatCount, formatDuration } from "#lib/format.ts";
import { formatDateTime, type Zone } from "#lib/time.ts";
import { segmentStates } from "../segment-state.ts";
import { storedDate } from "../stored-moment.ts";
import type { MapSegment } from "./map-segment.ts";

export interface WordsContext {
  readonly zone: Zone;
  readonly nowMs: number;
  readonly retention: SegmentList["retention"];
}

/** All of a segment's facts as one sentence, for who can't see the map. */
export function segmentSentence(mapped: MapSegment, index: number, count: number, context: WordsContext): string {
  const { segment, size } = mapped;
  const parts = [
    `Segment ${formatCount(index + 1)} of ${formatCount(count)}`,
    offsetsInWords(mapped),
    formatBytes(size),
    timesInWords(mapped, context),
    ...segmentStates(segment, context.retention, context).map(({ word }) => word),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function offsetsInWords({ segment: { baseOffset, lastOffset } }: MapSegment): string {
  return lastOffset === null ? `base offset ${baseOffset}` : `offsets ${baseOffset} to ${lastOffset}`;
}

/** From the first message's timestamp to the largest one. */
export function timesInWords(
  { firstMs, maxMs }: Pick<MapSegment, "firstMs" | "maxMs">,
  { zone }: WordsContext,
): string {
  if (firstMs === null && maxMs === null) return "";
  return `${moment(firstMs, zone)} to ${moment(maxMs, zone)}`;
}

/** A moment to come: "in 20 h 44 min (2026-11-22 07:43:07)"; one that is over by now: "now". */
export function inWords(atMs: number, zone: Zone, nowMs: number): string {
  return atMs <= nowMs ? "now" : `in ${formatDuration(atMs - nowMs)} (${formatDateTime(atMs, zone)})`;
}

function moment(ms: bigint | null, zone: Zone): string {
  if (ms === null) return "unknown";
  const date = storedDate(ms);
  return date === null ? `timestamp ${ms}` : formatDateTime(date, zone);
}
