"use client";
import type { Route } from "next";
import Link from "next/link";
import { useZone } from "#components/preferences/preferences.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes, Offset, Unknown } from "#components/ui/quantity.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatCount } from "#lib/format.ts";
import { logFileName } from "../segment-files.ts";
import { segmentStates } from "../segment-state.ts";
import type { MapSegment } from "./map-segment.ts";
import { timesInWords } from "./segment-words.ts";

interface MapReadoutProps {
  mapped: MapSegment;
  /** The broker it is on, when that isn't the one shown. */
  lead: number | null;
  /** Which one it is, of how many. */
  place: readonly [number: number, count: number];
  list: SegmentList;
  href: Route;
}

/** A segment's facts in a line that is always there and always as high, so that nothing moves when the pointer does. */
export function MapReadout({ mapped, lead, place, list, href }: MapReadoutProps) {
  const zone = useZone();
  const context = { zone, nowMs: list.observedAtMs, retention: list.retention };
  const { segment } = mapped;
  const times = timesInWords(mapped, context);
  return (
    <div className="mt-2.5 flex min-h-[110px] flex-wrap content-start items-baseline gap-x-4 border-line border-t pt-1.5 text-12 text-ink-2 leading-5 pb-1 md:min-h-[52px] 2xl:min-h-8">
      <span className="whitespace-nowrap text-ink-3">
        {formatCount(place[0])} of {formatCount(place[1])}
        {lead !== null && ` on broker ${lead}`}
      </span>
      <Link href={href} className="link mono leading-5">
        {logFileName(segment.baseOffset)}
      </Link>
      <span className="whitespace-nowrap">
        <Offset value={segment.baseOffset} /> …{" "}
        {segment.lastOffset === null ? (
          <Unknown why="No last offset could be read" />
        ) : (
          <Offset value={segment.lastOffset} />
        )}
      </span>
      <Bytes value={mapped.size} />
      <span>{times === "" ? <Unknown why="No timestamp is known" /> : `${times} ${zone}`}</span>
      <span className="min-w-0 text-ink">
        {segment.damage.length > 0 && <Glyph shape="octagon" className="relative top-0.5 mr-1 inline size-3" />}
        {segmentStates(segment, list.retention, context).map(({ word, sentence }, index) => (
          <span key={word} title={sentence}>
            {index > 0 && ", "}
            {word}
          </span>
        ))}
      </span>
    </div>
  );
}
