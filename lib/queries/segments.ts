import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { countSegment, getTopicStorage, listBatches, listSegments, locateOffset } from "../contracts/segments.ts";
import { queryKeys } from "./keys.ts";
import { POLL_MS, polled } from "./polling.ts";

/** Which partition's files. */
export interface PartitionPlace {
  readonly topic: string;
  readonly partition: number;
}

/** Undefined: the leader's replica, or the first one that can be read. */
type Broker = number | undefined;

export function segmentsQuery(cluster: string, { topic, partition }: PartitionPlace) {
  return queryOptions({
    queryKey: [...queryKeys.partition(cluster, topic, partition), "segments"],
    queryFn: ({ signal }) => call(listSegments, { cluster, topic, partition: String(partition) }, { signal }),
    ...polled(POLL_MS.segments),
  });
}

/** A page of a segment's batches, from a byte of its file on or from the batch that holds an offset. */
export interface BatchesFrom {
  readonly position?: string;
  readonly fromOffset?: string;
}

export function batchesQuery(
  cluster: string,
  { topic, partition }: PartitionPlace,
  baseOffset: string,
  broker: Broker,
  from: BatchesFrom,
) {
  const place = { cluster, topic, partition: String(partition), baseOffset };
  return queryOptions({
    queryKey: [...queryKeys.partition(cluster, topic, partition), "batches", baseOffset, broker ?? null, from],
    queryFn: ({ signal }) => call(listBatches, { ...place, query: { ...inQuery(broker), ...from } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: POLL_MS.segments,
    retry: false,
  });
}

/** Reads the whole segment: a rolled one is counted once for each size that it was seen with, never again by the clock. */
export function segmentCountsQuery(
  cluster: string,
  { topic, partition }: PartitionPlace,
  { baseOffset, sizeBytes }: { readonly baseOffset: string; readonly sizeBytes: string },
  broker: Broker,
) {
  const place = { cluster, topic, partition: String(partition), baseOffset };
  return queryOptions({
    queryKey: [...queryKeys.partition(cluster, topic, partition), "counts", baseOffset, broker ?? null, sizeBytes],
    queryFn: ({ signal }) => call(countSegment, { ...place, query: inQuery(broker) }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** What is looked for: an offset, or the first message at or after a time. */
export type LocateTarget = { readonly offset: string } | { readonly timestampMs: string };

/** A look-up happens when someone asks for it, and is not repeated by the clock. */
export function locateQuery(
  cluster: string,
  { topic, partition }: PartitionPlace,
  target: LocateTarget,
  broker: Broker,
) {
  const place = { cluster, topic, partition: String(partition) };
  return queryOptions({
    queryKey: [...queryKeys.partition(cluster, topic, partition), "locate", target, broker ?? null],
    queryFn: ({ signal }) => call(locateOffset, { ...place, query: { ...inQuery(broker), ...target } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

export function topicStorageQuery(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...queryKeys.topic(cluster, topic), "storage"],
    queryFn: ({ signal }) => call(getTopicStorage, { cluster, topic }, { signal }),
    ...polled(POLL_MS.sizes),
  });
}

function inQuery(broker: Broker): { readonly broker?: string } {
  return broker === undefined ? {} : { broker: String(broker) };
}
