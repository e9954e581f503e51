import { queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { diagnoseConnection, getOverview, listClusters } from "../contracts/clusters.ts";
import { queryKeys } from "./keys.ts";
import { POLL_MS, polled } from "./polling.ts";

export function clustersQuery() {
  return queryOptions({
    queryKey: queryKeys.clusters,
    queryFn: ({ signal }) => call(listClusters, {}, { signal }),
    ...polled(POLL_MS.clusters),
  });
}

export function overviewQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.cluster(cluster), "overview"],
    queryFn: ({ signal }) => call(getOverview, { cluster }, { signal }),
    ...polled(POLL_MS.overview),
  });
}

/**
 * Walks every link from the server to the brokers: asked for once a visit, and again by the viewer. Never stale, so that
 * neither focus nor a network that returns repeats a login that fails: accounts are locked for that.
 */
export function diagnosisQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.cluster(cluster), "diagnosis"],
    queryFn: ({ signal }) => call(diagnoseConnection, { cluster }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    gcTime: 0,
  });
}
