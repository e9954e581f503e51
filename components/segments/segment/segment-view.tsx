"use client";
import type { PartitionPlace } from "#lib/queries/segments.ts";

/** The inside of a segment, batch by batch. */
export function SegmentView({ topic, partition, baseOffset }: PartitionPlace & { baseOffset: string }) {
  return <section>{`${topic}-${partition} ${baseOffset}`}</section>;
}
