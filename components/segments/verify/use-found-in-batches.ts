"use client";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import type { BatchPage } from "#lib/contracts/segment-batches.ts";
import { allBatchesKey, type PartitionPlace } from "#lib/queries/segments.ts";
import type { FoundOn } from "./with-findings.ts";

const nothing: readonly FoundOn[] = [];

/** What was wrong in the pages of batches that were looked at a while ago, and are still at hand; nothing is asked for. */
export function useFoundInBatches({ topic, partition }: PartitionPlace): readonly FoundOn[] {
  const { name: cluster } = useCluster();
  const client = useQueryClient();
  const store = useMemo(() => {
    const queryKey: QueryKey = allBatchesKey(cluster, { topic, partition });
    let now = nothing;
    return {
      subscribe: (changed: () => void) =>
        client.getQueryCache().subscribe(({ type }) => {
          if (type === "updated" || type === "removed") changed();
        }),
      read: () => {
        const found = client
          .getQueriesData<BatchPage>({ queryKey })
          .flatMap(([, page]) => (page !== undefined && page.damage.length > 0 ? page : []));
        if (found.length !== now.length || found.some((one, index) => one !== now[index])) now = found;
        return now;
      },
    };
  }, [client, cluster, topic, partition]);
  return useSyncExternalStore(store.subscribe, store.read, () => nothing);
}
