"use client";
import type { SegmentList } from "#lib/contracts/segments.ts";

/** What lies beside the segments, explained, by replica. */
export function SideFiles({ list }: { list: SegmentList }) {
  return <section>{list.replicas.length}</section>;
}
