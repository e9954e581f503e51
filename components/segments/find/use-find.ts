"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { segmentsUrl } from "#components/segments/segments-url.ts";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { type LocateTarget, locateQuery, type PartitionPlace } from "#lib/queries/segments.ts";

/** What the address asks for: an offset, or a time; the offset, when it names both. */
function useTarget() {
  const [{ offset, at }, setUrl] = useQueryStates({ offset: segmentsUrl.offset, at: segmentsUrl.at });
  const target: LocateTarget | null = offset !== null ? { offset } : at !== null ? { timestampMs: at } : null;
  return {
    target,
    /** Each look-up is a step back for the browser's own button. */
    aim: (next: LocateTarget) =>
      setUrl("offset" in next ? { offset: next.offset, at: null } : { offset: null, at: next.timestampMs }, {
        history: "push",
      }),
  };
}

export type Find = ReturnType<typeof useFind>;

/** The look-up that the address asks for, in one replica. */
export function useFind(place: PartitionPlace, broker: number) {
  const cluster = useCluster();
  const client = useQueryClient();
  const { target, aim } = useTarget();
  const options = locateQuery(cluster.name, place, target ?? { offset: "0" }, broker);
  const query = useQuery({ ...options, enabled: target !== null });
  const { refetch } = query;
  return {
    target,
    query,
    /** The same again is looked for again. */
    find: (next: LocateTarget) => {
      if (target !== null && JSON.stringify(target) === JSON.stringify(next)) void refetch();
      else void aim(next);
    },
    cancel: () => client.cancelQueries({ queryKey: options.queryKey }),
  };
}
