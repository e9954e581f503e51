"use client";
import type { SegmentList } from "#lib/contracts/segments.ts";

/** No replica's files can be read from here: sizes as the brokers tell them, and how to get the rest. */
export function NoAccess({ list }: { list: SegmentList }) {
  return <section>{list.replicas.length}</section>;
}
