"use client";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import type { Segment } from "#lib/contracts/segments.ts";
import { type PartitionPlace, segmentCountsQuery } from "#lib/queries/segments.ts";

const noCounts: readonly SegmentCounts[] = [];

/**
 * The counts of a replica's segments that are there already: rows ask for theirs when they come into sight, nothing is asked
 * for here. The same array while none is new.
 */
export function useCounted(
  cluster: string,
  place: PartitionPlace,
  segments: readonly Segment[],
  broker: number,
): readonly SegmentCounts[] {
  const client = useQueryClient();
  const { topic, partition } = place;
  const store = useMemo(() => {
    const keys = segments.map((segment) => segmentCountsQuery(cluster, { topic, partition }, segment, broker).queryKey);
    let now = noCounts;
    return {
      subscribe: (changed: () => void) =>
        client.getQueryCache().subscribe((event) => {
          if (event.type === "updated" && event.action.type === "success" && isCounts(event.query.queryKey)) changed();
        }),
      read: () => {
        const counts = keys.flatMap((key) => client.getQueryData<SegmentCounts>(key) ?? []);
        if (counts.length !== now.length || counts.some((one, index) => one !== now[index])) now = counts;
        return now;
      },
    };
  }, [client, cluster, topic, partition, segments, broker]);
  return useSyncExternalStore(store.subscribe, store.read, () => noCounts);
}

function isCounts(key: QueryKey): boolean {
  return key.includes("counts");
}
