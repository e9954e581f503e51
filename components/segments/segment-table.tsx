"use client";
import type { SegmentList } from "#lib/contracts/segments.ts";
import type { ReadableReplica } from "./shown-replica.ts";

interface SegmentTableProps {
  list: SegmentList;
  replica: ReadableReplica;
  selected: string | null;
  onSelect: (baseOffset: string | null) => void;
}

/** The map's twin: a row a segment. */
export function SegmentTable({ replica }: SegmentTableProps) {
  return <section>{replica.segments.length}</section>;
}
