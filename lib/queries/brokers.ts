import { mutationOptions, queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { getBroker, getBrokerConfigs, getBrokerLogDirs, listBrokers, setBrokerProcess } from "../contracts/brokers.ts";
import { queryKeys } from "./keys.ts";
import { POLL_MS, polled } from "./polling.ts";

export function brokersQuery(cluster: string) {
  return queryOptions({
    queryKey: queryKeys.brokers(cluster),
    queryFn: ({ signal }) => call(listBrokers, { cluster }, { signal }),
    ...polled(POLL_MS.topics),
  });
}

export function brokerQuery(cluster: string, brokerId: number) {
  return queryOptions({
    queryKey: queryKeys.broker(cluster, brokerId),
    queryFn: ({ signal }) => call(getBroker, { cluster, brokerId: String(brokerId) }, { signal }),
    ...polled(POLL_MS.topics),
  });
}

export function brokerConfigsQuery(cluster: string, brokerId: number) {
  return queryOptions({
    queryKey: [...queryKeys.broker(cluster, brokerId), "configs"],
    queryFn: ({ signal }) => call(getBrokerConfigs, { cluster, brokerId: String(brokerId) }, { signal }),
    ...polled(POLL_MS.configs),
  });
}

export function brokerLogDirsQuery(cluster: string, brokerId: number) {
  return queryOptions({
    queryKey: [...queryKeys.broker(cluster, brokerId), "log-dirs"],
    queryFn: ({ signal }) => call(getBrokerLogDirs, { cluster, brokerId: String(brokerId) }, { signal }),
    ...polled(POLL_MS.sizes),
  });
}

/** Stops or starts a broker of the local sample cluster. */
export function setBrokerProcessMutation(cluster: string) {
  return mutationOptions({
    mutationKey: [...queryKeys.brokers(cluster), "process"],
    mutationFn: ({ brokerId, state }: { brokerId: number; state: "running" | "stopped" }) =>
      call(setBrokerProcess, { cluster, brokerId: String(brokerId), body: { state } }),
  });
}
