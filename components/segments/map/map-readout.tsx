"use client";
import type { Route } from "next";
import Link from "next/link";
import { useZone } from "#components/preferences/preferences.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes, Offset, Unknown } from "#components/ui/quantity.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import type { MapSegment } from "./map-segment.ts";
import { segmentFile, segmentStates, timesInWords } from "./segment-words.ts";

interface MapReadoutProps {
  mapped: MapSegment;
  /** Why it is this one: "chosen", "active", or whose it is. */
  lead: string;
  list: SegmentList;
  href: Route;
}

/** A segment's facts in a line that is always there, so that nothing moves when the pointer does. */
export function MapReadout({ mapped, lead, list, href }: MapReadoutProps) {
  const zone = useZone();
  const context = { zone, nowMs: list.observedAtMs, retention: list.retention };
  const { segment } = mapped;
  const times = timesInWords(mapped, context);
  const states = segmentStates(segment, context);
  return (
    <div className="flex h-[88px] flex-wrap content-start items-baseline gap-x-4 overflow-hidden border-line border-t pt-1.5 text-12 text-ink-2 leading-5 md:h-[52px] xl:h-8">
      <span className="w-24 shrink-0 text-ink-3">{lead}</span>
      <Link href={href} className="link mono leading-5">
        {segmentFile(segment.baseOffset)}
      </Link>
      <span>
        <Offset value={segment.baseOffset} /> …{" "}
        {segment.lastOffset === null ? (
          <Unknown why="No last offset could be read" />
        ) : (
          <Offset value={segment.lastOffset} />
        )}
      </span>
      <Bytes value={mapped.size} />
      <span>{times === "" ? <Unknown why="No timestamp is known" /> : `${times} ${zone}`}</span>
      <span className="min-w-0 truncate text-ink">
        {segment.damage.length > 0 && <Glyph shape="octagon" className="relative top-0.5 mr-1 inline size-3" />}
        {states.join(", ")}
      </span>
    </div>
  );
}
