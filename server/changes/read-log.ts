import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import type { ExtractedRecord } from "../reader/extracted-record.ts";
import { fetchOnce } from "../reader/fetch-once.ts";
import type { FetchedChunk, FetchedPartition } from "../reader/fetched-chunk.ts";
import { PartitionTable } from "../reader/partition-table.ts";
import { StoredBatch } from "../reader/stored-batch.ts";
import { claimedRecords, type UnreadableStretch, walkBatches } from "../reader/walk-batches.ts";

export type Reading = Pick<ClusterContext, "cluster" | "kafka" | "reading" | "decoders">;

/** The log is one partition: what its changes are put together from has one order. */
export const LOG_PARTITION = 0;
const FETCH_BYTES = 1_048_576;
/** Of one answer of a decoder, unpacked: a batch that packs millions of records is taken in bites. */
const BITE = { limit: 2_000, maxBytes: 8 * 1_048_576 };

/** What one Fetch brought of the log. */
export interface LogChunk {
  /** Those that Tailrace may have written: no transaction's, undamaged. */
  readonly records: readonly ExtractedRecord[];
  /** Records that can't be read at all, or are of transactions, which Tailrace never uses. */
  readonly unreadable: number;
  readonly topicId: string;
  /** Where reading goes on; what was asked for when there is nothing more. */
  readonly next: bigint;
  readonly highWatermark: bigint;
  readonly logStartOffset: bigint;
  readonly bytes: number;
}

/**
 * Reads records of the log from an offset on, about a megabyte at a time.
 * @param before records from there on aren't wanted; null: all are
 * @throws {ProblemError} topic-not-found, message-not-found (nothing is at that offset any more, or yet), kafka-forbidden,
 *   broker-unreachable, cluster-unreachable, deadline-exceeded, cancelled, shutting-down
 */
export async function readLog(
  ctx: Reading,
  decoder: Decoder,
  from: bigint,
  before: bigint | null,
  signal: AbortSignal,
): Promise<LogChunk> {
  const table = new PartitionTable();
  const asked = { topic: ctx.cluster.changesTopic, partition: LOG_PARTITION, offset: from, maxBytes: FETCH_BYTES };
  const chunk = await fetchOnce(ctx.reading, { ...asked, isolation: "uncommitted" }, table, signal);
  const [partition] = chunk.partitions;
  if (partition === undefined) throw new Error("fetchOnce answers with the one partition that was asked for");
  const { next, highWatermark, logStartOffset, place } = partition;
  const { topicId } = table.at(place);
  const taken = await recordsOf(chunk, partition, before ?? next, decoder, signal);
  return { ...taken, topicId, next, highWatermark, logStartOffset, bytes: chunk.bytes.byteLength };
}

async function recordsOf(
  chunk: FetchedChunk,
  partition: FetchedPartition,
  before: bigint,
  decoder: Decoder,
  signal: AbortSignal,
): Promise<Pick<LogChunk, "records" | "unreadable">> {
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
  const batches = [...walkBatches(bytes, partition)];
  const all: ExtractedRecord[] = [];
  for (let at = partition.from; at < partition.next && at < before; ) {
    const bite = await extract(chunk, partition.place, at, decoder, signal);
    for (const record of bite ?? []) all.push(record);
    const last = bite === null ? batches.map(lastOffset).find((offset) => offset >= at) : bite.at(-1)?.offset;
    if (last === undefined) break;
    at = last + 1n;
  }
  const records = all.filter(
    ({ offset, control, batch }) => offset < before && control === null && batch.crcValid && !batch.transactional,
  );
  const read = new Set(records.map(({ batch }) => batch.baseOffset));
  const unread = batches.filter((batch) =>
    batch instanceof StoredBatch
      ? batch.header.baseOffset < before && !batch.control && !read.has(batch.header.baseOffset)
      : batch.first < before,
  );
  return { records, unreadable: claimedRecords(unread, partition.from) };
}

function lastOffset(batch: StoredBatch | UnreadableStretch): bigint {
  return batch instanceof StoredBatch ? batch.lastOffset : batch.last;
}

/** @returns null when what stands at that offset can't be read */
async function extract(chunk: FetchedChunk, place: number, from: bigint, decoder: Decoder, signal: AbortSignal) {
  try {
    return await decoder.extract(chunk, { place, from, ...BITE }, signal);
  } catch (error) {
    const passable = error instanceof ProblemError && unreadableCodes.has(error.code) && !signal.aborted;
    if (passable) return null;
    throw error;
  }
}

const unreadableCodes = new Set(["message-not-found", "deadline-exceeded", "internal"]);
