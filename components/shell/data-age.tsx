"use client";
import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { Age } from "#components/ui/age.tsx";
import { cn } from "#components/ui/cn.ts";
import { useNow } from "#components/ui/now.tsx";
import { queryKeys } from "#lib/queries/keys.ts";
import { isMessageKey } from "#lib/queries/messages.ts";
import { POLL_MS, staleAfterMs } from "#lib/queries/polling.ts";
import { useCluster } from "./cluster-context.tsx";

const STALE_AFTER_MS = staleAfterMs(POLL_MS.topics);

/** How old the newest answer on this page is. Nothing until there is one. */
export function DataAge() {
  const newest = useNewestAnswer(useCluster().name);
  const now = useNow();
  if (newest === null) return null;
  const stale = now - newest > STALE_AFTER_MS;
  return (
    <span
      className="flex items-center gap-1.5 whitespace-nowrap text-12 text-ink-2"
      title="The newest answer from the cluster"
    >
      <span aria-hidden className={cn("size-[7px] rounded-full", stale ? "hatch" : "bg-accent")} />
      <Age observedAtMs={newest} staleAfterMs={STALE_AFTER_MS} />
    </span>
  );
}

/** The latest `observedAtMs` among the answers that are on screen. */
function useNewestAnswer(cluster: string): number | null {
  const client = useQueryClient();
  const cache = client.getQueryCache();
  return useSyncExternalStore(
    // Not at once: a query may be added while a component is rendered.
    (listener) => cache.subscribe(notifyManager.batchCalls(listener)),
    () => {
      let newest: number | null = null;
      for (const query of cache.findAll({ queryKey: queryKeys.cluster(cluster), type: "active" })) {
        // A look at the way to the cluster is no answer of it.
        if (query.queryKey.includes("diagnosis")) continue;
        // Nor has a message an age: it never changes.
        if (isMessageKey(query.queryKey)) continue;
        const data: unknown = query.state.data;
        if (
          typeof data === "object" &&
          data !== null &&
          "observedAtMs" in data &&
          typeof data.observedAtMs === "number"
        ) {
          newest = Math.max(newest ?? 0, data.observedAtMs);
        }
      }
      return newest;
    },
    () => null,
  );
}
