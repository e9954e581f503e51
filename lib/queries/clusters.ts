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

/** Walks every link from the server to the brokers: asked for once, and again by the viewer. */
export function diagnosisQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.cluster(cluster), "diagnosis"],
    queryFn: ({ signal }) => call(diagnoseConnection, { cluster }, { signal }),
    retry: false,
    gcTime: 0,
  });
}
