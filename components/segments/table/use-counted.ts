"use client";
import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import type { Segment } from "#lib/contracts/segments.ts";
import { countsOfFewer, type PartitionPlace, segmentCountsQuery } from "#lib/queries/segments.ts";

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
    const wanted = segments.map((segment) => ({
      segment,
      key: segmentCountsQuery(cluster, { topic, partition }, segment, broker).queryKey,
    }));
    let found: readonly (SegmentCounts | undefined)[] = [];
    let now = noCounts;
    return {
      subscribe: (changed: () => void) =>
        client.getQueryCache().subscribe((event) => {
          if (event.type === "updated" && event.action.type === "success" && isCounts(event.query.queryKey)) changed();
        }),
      read: () => {
        const next = wanted.map(({ segment, key }) => countOf(client, segment, key));
        if (next.length === found.length && next.every((one, index) => one === found[index])) return now;
        found = next;
        now = wanted.flatMap(({ segment, key }, index) => {
          const counts = next[index];
          // Of fewer bytes than its row shows: it is only "at least".
          const isExact = counts === undefined || counts === client.getQueryData(key);
          return (isExact ? counts : countsOfFewer(counts, segment.sizeBytes)) ?? [];
        });
        return now;
      },
    };
  }, [client, cluster, topic, partition, segments, broker]);
  return useSyncExternalStore(store.subscribe, store.read, () => noCounts);
}

/** Its count at this size; of the active one, which grows, else the largest of an earlier size. */
function countOf(client: QueryClient, { active, sizeBytes }: Segment, key: QueryKey): SegmentCounts | undefined {
  const exact = client.getQueryData<SegmentCounts>(key);
  if (exact !== undefined || !active) return exact;
  return client
    .getQueriesData<SegmentCounts>({ queryKey: key.slice(0, -1) })
    .flatMap(([, counts]) => (countsOfFewer(counts, sizeBytes) === undefined ? [] : (counts ?? [])))
    .reduce<SegmentCounts | undefined>((most, one) => (most && isMore(most, one) ? most : one), undefined);
}

function isMore(a: SegmentCounts, b: SegmentCounts): boolean {
  return BigInt(a.countedBytes) > BigInt(b.countedBytes);
}

function isCounts(key: QueryKey): boolean {
  return key.includes("counts");
}
