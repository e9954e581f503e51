"use client";
import type { SegmentList } from "#lib/contracts/segments.ts";
import type { ReadableReplica } from "./shown-replica.ts";

/** Beside the table: find an offset, or verify the files. */
export function ToolsPanel({ list, replica }: { list: SegmentList; replica: ReadableReplica }) {
  return <aside>{`${list.partition} ${replica.brokerId}`}</aside>;
}
