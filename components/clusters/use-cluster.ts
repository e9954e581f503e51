"use client";
import { useQuery } from "@tanstack/react-query";
import { clustersQuery } from "#lib/queries/clusters.ts";

/** What the settings say of a cluster; undefined until it is known. */
export function useCluster(name: string) {
  const { data } = useQuery({
    ...clustersQuery(),
    select: ({ clusters }) => clusters.find((cluster) => cluster.name === name),
  });
  return data;
}
