"use client";
import { useQuery } from "@tanstack/react-query";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { SkeletonBar } from "#components/ui/skeleton.tsx";
import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import type { Segment } from "#lib/contracts/segments.ts";
import { formatBytes } from "#lib/format.ts";
import { type PartitionPlace, segmentCountsQuery } from "#lib/queries/segments.ts";

interface CountCellProps {
  place: PartitionPlace;
  broker: number;
  segment: Segment;
  children: (counts: SegmentCounts) => React.ReactNode;
}

/** A value that a walk over the segment counts: asked for while the row is in sight, given up when it leaves. */
export function CountCell({ place, broker, segment, children }: CountCellProps) {
  const { name: cluster } = useCluster();
  const { data, error } = useQuery(segmentCountsQuery(cluster, place, segment, broker));
  if (data !== undefined) {
    const [damage] = data.damage;
    return (
      <>
        {!data.complete && (
          <span
            className="text-ink-3"
            title={`Counted so far: ${formatBytes(data.countedBytes)} of ${formatBytes(data.fileBytes)}`}
          >
            <span aria-hidden>≥&nbsp;</span>
            <span className="sr-only">at least </span>
          </span>
        )}
        {damage !== undefined && (
          <span title={damage.detail}>
            <Glyph shape="octagon" label={damage.detail} className="mr-1.5 inline-block size-3 align-[-1px]" />
          </span>
        )}
        {children(data)}
      </>
    );
  }
  if (error !== null) {
    return (
      <span className="text-warn" title={error.message}>
        <Glyph shape="triangle" className="mr-1.5 inline-block size-3 align-[-1px]" />
        failed<span className="sr-only">: {error.message}</span>
      </span>
    );
  }
  return (
    <>
      <SkeletonBar />
      <span className="sr-only">being counted</span>
    </>
  );
}
