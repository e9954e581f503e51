import { setTimeout as delay } from "node:timers/promises";
import { ProblemError } from "#lib/problem.ts";
import { withDeadline } from "../kafka/deadline.ts";
import type { ExclusiveConnection } from "../kafka/exclusive-connection.ts";
import { type FetchInput, fetchRequest } from "../kafka/fetch.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { assertPartition } from "../topics/assert-partition.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import { hopBatches } from "./hop-batches.ts";
import type { PartitionTable } from "./partition-table.ts";
import type { ReaderConnections } from "./reader-connections.ts";
import { damaged, noLeader, OFFSET_OUT_OF_RANGE, readForbidden, tellsOfChange, troubleOf } from "./refusal.ts";

export interface FetchOnce {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that is wanted. */
  readonly offset: bigint;
  /** About so much: one record batch comes whole, however large. */
  readonly maxBytes: number;
  readonly isolation: "uncommitted" | "committed";
}

const DEADLINE_MS = 8_000;
const RETRY_MS = 100;
const NO_SESSION = 0;
const SESSIONLESS = -1;
const TOPIC_FORBIDDEN = 29;

/**
 * The record batches at and after one offset of one partition, from its leader; empty when the partition ends there, or the
 * next batch can't be read yet with `committed`. Empty too below the high watermark where compaction left nothing: whoever
 * reads on must stop when `next` is still what was asked for.
 * @returns a chunk of one partition
 * @throws {ProblemError} topic-not-found, partition-not-found, message-not-found (retention deleted it, or it was never
 *   written), kafka-forbidden, broker-unreachable (no leader), cluster-unreachable, deadline-exceeded, cancelled
 */
export function fetchOnce(
  reading: ReaderConnections,
  asked: FetchOnce,
  table: PartitionTable,
  signal: AbortSignal,
): Promise<FetchedChunk> {
  const what = `the records of ${asked.topic}-${asked.partition}`;
  return withDeadline(signal, DEADLINE_MS, what, async (inner) => {
    // A leader that has just moved is found by looking again, until time is up.
    for (;;) {
      const topic = await reading.topic(asked.topic, inner);
      const chunk = await tryFetch(reading, topic, asked, table, inner);
      if (chunk !== null) return chunk;
      reading.forgetTopic(asked.topic);
      await delay(RETRY_MS, undefined, { signal: inner });
    }
  });
}

/** @returns null when it is worth trying again */
async function tryFetch(
  reading: ReaderConnections,
  topic: MetadataTopic,
  { partition, offset, maxBytes, isolation }: FetchOnce,
  table: PartitionTable,
  signal: AbortSignal,
): Promise<FetchedChunk | null> {
  const { name, topicId } = topic;
  assertPartition(topic, partition);
  const leader = topic.partitions[partition]?.leader ?? null;
  if (topicId === null)
    throw new ProblemError("not-supported-by-broker", "Reading needs topic ids: Kafka 3.1 or newer.");
  const position = { topic: name, topicId, partition, place: null, start: null, next: offset, end: null };
  const asPosition = { ...position, leader, leaderEpoch: -1, trouble: null };
  if (leader === null) throw noLeader(asPosition);
  const input = {
    maxWaitMs: 0,
    maxBytes,
    committed: isolation === "committed",
    ...{ sessionId: NO_SESSION, sessionEpoch: SESSIONLESS, forgotten: [] },
    topics: [{ topicId, partitions: [{ partition, offset, maxBytes }] }],
  };
  const answer = await askLeader(reading, leader, input, signal);
  const fetched = answer?.topics[0]?.partitions[0];
  if (fetched === undefined || tellsOfChange(fetched.errorCode)) return null;
  if (fetched.errorCode === OFFSET_OUT_OF_RANGE) throw outOfRange(name, partition, offset);
  if (fetched.errorCode === TOPIC_FORBIDDEN) throw readForbidden(name);
  if (fetched.errorCode !== 0) throw troubleOf(asPosition, fetched.errorCode).why;
  const hop = hopBatches(fetched.records, offset);
  if (hop === null) throw damaged(asPosition);
  const { highWatermark, logStartOffset, aborted, records } = fetched;
  const place = table.placeOf({ topic: name, topicId, partition });
  const facts = {
    place,
    from: offset,
    next: hop.next,
    start: 0,
    end: hop.length,
    highWatermark,
    logStartOffset,
    aborted,
  };
  return { bytes: new Uint8Array(records.subarray(0, hop.length)), partitions: [facts] };
}

/** @returns null when the connection broke: the leader may have moved, or an idle connection was no longer one */
async function askLeader(reading: ReaderConnections, leader: number, input: FetchInput, signal: AbortSignal) {
  let connection: ExclusiveConnection | null = null;
  try {
    connection = await reading.lease(leader, signal);
    return await connection.ask(fetchRequest, input, "records", signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError) || error.code !== "broker-unreachable") throw error;
    return null;
  } finally {
    if (connection !== null) reading.release(connection);
  }
}

function outOfRange(topic: string, partition: number, offset: bigint): ProblemError {
  return new ProblemError(
    "message-not-found",
    `${topic}-${partition} has nothing at offset ${offset}: retention has deleted it, or it has not been written yet. Look at the partition's log start offset and high watermark.`,
  );
}
