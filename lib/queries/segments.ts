import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { countSegment, listBatches } from "../contracts/segment-batches.ts";
import { locateOffset } from "../contracts/segment-look-ups.ts";
import { listSegments } from "../contracts/segments.ts";
import { getTopicStorage } from "../contracts/topic-storage.ts";
import { Turns } from "../turns.ts";
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

/** A count reads a whole segment: polls and clicks keep their connections meanwhile. */
const counting = new Turns(2);
/** The active segment grows all the time; what it has more is counted this often. */
const RECOUNT_MS = 15_000;
/** A request counts so many bytes and no more; the next one goes on, after those that wait for their turn. */
const NEXT_PART_MS = 100;

interface CountedSegment {
  readonly baseOffset: string;
  readonly sizeBytes: string;
  /** Growing: it isn't counted again for each size. */
  readonly active?: boolean;
}

/** Of a rolled segment once for each size that it was seen with; of the active one from time to time, whatever its size is. */
export function segmentCountsQuery(
  cluster: string,
  { topic, partition }: PartitionPlace,
  { baseOffset, sizeBytes, active = false }: CountedSegment,
  broker: Broker,
) {
  const place = { cluster, topic, partition: String(partition), baseOffset };
  const version = active ? "active" : sizeBytes;
  return queryOptions({
    queryKey: [...queryKeys.partition(cluster, topic, partition), "counts", baseOffset, broker ?? null, version],
    queryFn: ({ signal }) =>
      counting.take(signal, () => call(countSegment, { ...place, query: inQuery(broker) }, { signal })),
    ...(active ? polled(RECOUNT_MS) : { staleTime: Number.POSITIVE_INFINITY }),
    refetchInterval: ({ state: { status, data } }) => {
      const isHalfway = data?.complete === false;
      if (isHalfway && status === "success") return NEXT_PART_MS;
      // After a failure halfway, too: what is there is only "at least", and nothing else would ask again.
      return active || isHalfway ? RECOUNT_MS : false;
    },
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
