import { hashKey, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { countSegment, listBatches, type SegmentCounts } from "../contracts/segment-batches.ts";
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

/** Pages of batches of all a partition's segments that are at hand begin with it. */
export function allBatchesKey(cluster: string, { topic, partition }: PartitionPlace) {
  return [...queryKeys.partition(cluster, topic, partition), "batches"] as const;
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
    queryKey: [...allBatchesKey(cluster, { topic, partition }), baseOffset, broker ?? null, from],
    queryFn: ({ signal }) => call(listBatches, { ...place, query: { ...inQuery(broker), ...from } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: POLL_MS.segments,
    retry: false,
  });
}

/** A count reads a whole segment: polls and clicks keep their connections meanwhile. */
const counting = new Turns(2);
/** After a failure. */
const RECOUNT_MS = 15_000;
/** An active segment has another size every few seconds, and a count for each: those of earlier ones are soon let go. */
const ACTIVE_GC_MS = 60_000;
/** A request counts so many bytes and no more; the next one goes on, after those that wait for their turn. */
const NEXT_PART_MS = 100;

interface CountedSegment {
  readonly baseOffset: string;
  readonly sizeBytes: string;
  /** Growing. */
  readonly active?: boolean;
}

/**
 * Counts of the bytes that the segment was listed with, so that they agree with its other facts: once for each size. While those of
 * a new size are on their way, an earlier size's stand for them, as "at least".
 */
export function segmentCountsQuery(
  cluster: string,
  { topic, partition }: PartitionPlace,
  { baseOffset, sizeBytes, active = false }: CountedSegment,
  broker: Broker,
) {
  const place = { cluster, topic, partition: String(partition), baseOffset };
  const ofSegment = [...queryKeys.partition(cluster, topic, partition), "counts", baseOffset, broker ?? null];
  return queryOptions({
    queryKey: [...ofSegment, sizeBytes],
    queryFn: ({ signal }) =>
      counting.take(signal, () =>
        call(countSegment, { ...place, query: { ...inQuery(broker), upTo: sizeBytes } }, { signal }),
      ),
    placeholderData: (before, query) =>
      query !== undefined && hashKey(query.queryKey.slice(0, -1)) === hashKey(ofSegment)
        ? countsOfFewer(before, sizeBytes)
        : undefined,
    staleTime: Number.POSITIVE_INFINITY,
    ...(active && { gcTime: ACTIVE_GC_MS }),
    refetchInterval: ({ state: { status, data } }) => {
      const isHalfway = data?.complete === false;
      if (isHalfway && status === "success") return NEXT_PART_MS;
      // After a failure halfway, too: what is there is only "at least", and nothing else would ask again.
      return isHalfway || (active && status === "error") ? RECOUNT_MS : false;
    },
    retry: false,
  });
}

/** An earlier count as what it is of the segment as it is now: at least so much. Undefined for one of more bytes: it was cut. */
export function countsOfFewer(before: SegmentCounts | undefined, sizeBytes: string): SegmentCounts | undefined {
  if (before === undefined || BigInt(before.countedBytes) > BigInt(sizeBytes)) return undefined;
  return { ...before, fileBytes: sizeBytes, complete: false };
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
