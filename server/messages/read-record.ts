import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import type { ExtractedRecord } from "../reader/extracted-record.ts";
import { fetchOnce } from "../reader/fetch-once.ts";
import type { AbortedTransaction } from "../reader/fetched-chunk.ts";
import { laterOf } from "../reader/offset-bounds.ts";
import { PartitionTable } from "../reader/partition-table.ts";
import { findPartition, type PartitionNow } from "./find-partition.ts";

export interface RecordAddress {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface FoundRecord {
  readonly record: ExtractedRecord;
  readonly now: PartitionNow;
  /** Transactions that were aborted and reach over the record; null when its offset lies beyond the last stable one. */
  readonly aborted: readonly AbortedTransaction[] | null;
}

type Reading = Pick<ClusterContext, "kafka" | "reading" | "signal">;

const FETCH_BYTES = 65_536;
/** How far the next message is looked for behind an offset that holds none. */
const LOOK_BYTES = 8 * 1_048_576;
const LOOK_MS = 3_000;
/** Control records are small and stand in batches of their own. */
const AFEW = { limit: 100, maxBytes: 4_096 };

/**
 * One record by its address.
 * @throws {ProblemError} message-not-found, saying why and where the next message is; topic-not-found, partition-not-found,
 *   kafka-forbidden, broker-unreachable, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readRecord(ctx: Reading, decoder: Decoder, address: RecordAddress): Promise<FoundRecord> {
  const { topic, partition, offset } = address;
  const now = await findPartition(ctx, topic, partition);
  if (offset < now.logStartOffset) throw await beforeLogStart(ctx, decoder, address, now);
  if (offset >= now.highWatermark) throw beyondTheEnd(address, now);
  const decided = offset < now.lastStableOffset;
  const asked = { topic, partition, offset, maxBytes: FETCH_BYTES } as const;
  const chunk = await fetchOnce(
    ctx.reading,
    { ...asked, isolation: decided ? "committed" : "uncommitted" },
    new PartitionTable(),
    ctx.signal,
  );
  const aborted = decided ? (chunk.partitions[0]?.aborted ?? []) : null;
  const options = { place: chunk.partitions[0]?.place ?? 0, from: offset, limit: 1, maxBytes: 1 };
  const [record] = await decoder.extract(chunk, options, ctx.signal);
  if (record?.offset === offset && record.control === null) return { record, now, aborted };
  throw await notAMessage(ctx, decoder, address, now, record ?? null);
}

async function beforeLogStart(ctx: Reading, decoder: Decoder, address: RecordAddress, now: PartitionNow) {
  const next = await sentenceAboutNext(ctx, decoder, address, now, now.logStartOffset);
  return new ProblemError(
    "message-not-found",
    `The message at offset ${address.offset} of ${nameOf(address)} was deleted, by retention or by somebody: the log start offset is ${now.logStartOffset}. ${next}`,
  );
}

function beyondTheEnd(address: RecordAddress, { highWatermark, logStartOffset }: PartitionNow): ProblemError {
  const newest =
    highWatermark === 0n
      ? "Nothing has been written to this partition."
      : logStartOffset === highWatermark
        ? "No message is left in this partition."
        : `The newest offset is ${highWatermark - 1n}.`;
  return new ProblemError(
    "message-not-found",
    `Nothing has been written at offset ${address.offset} of ${nameOf(address)} yet: the high watermark is ${highWatermark}. ${newest}`,
  );
}

/** @param found the record at or behind the offset, if there is one nearby */
async function notAMessage(
  ctx: Reading,
  decoder: Decoder,
  address: RecordAddress,
  now: PartitionNow,
  found: ExtractedRecord | null,
): Promise<ProblemError> {
  const next = await sentenceAboutNext(ctx, decoder, address, now, address.offset + 1n);
  if (found === null || found.offset !== address.offset) {
    return new ProblemError(
      "message-not-found",
      `There is no message at offset ${address.offset} of ${nameOf(address)} any more: compaction removed it, since a newer one has the same key (or its transaction was aborted). ${next}`,
    );
  }
  const what = found.control === "other" ? "one of the broker's own" : `the ${found.control} of a transaction`;
  return new ProblemError(
    "message-not-found",
    `At offset ${address.offset} of ${nameOf(address)} is a control record (${what}), which holds no message. ${next}`,
  );
}

/** Looks for the first message from an offset on, a bounded way. */
async function sentenceAboutNext(
  ctx: Reading,
  decoder: Decoder,
  { topic, partition }: RecordAddress,
  { logStartOffset, highWatermark }: PartitionNow,
  from: bigint,
): Promise<string> {
  if (logStartOffset === highWatermark) return "No message is left in this partition.";
  const untilMs = performance.now() + LOOK_MS;
  let at = from;
  let left = LOOK_BYTES;
  while (at < highWatermark && left > 0 && performance.now() < untilMs) {
    const asked = { topic, partition, offset: at, maxBytes: FETCH_BYTES, isolation: "uncommitted" } as const;
    const chunk = await fetchOnce(ctx.reading, asked, new PartitionTable(), ctx.signal);
    const [fetched] = chunk.partitions;
    if (fetched === undefined || fetched.next <= at) break;
    const records = await decoder.extract(chunk, { place: fetched.place, from: at, ...AFEW }, ctx.signal);
    const message = records.find(({ control }) => control === null);
    if (message !== undefined) return `The next message is at offset ${message.offset}.`;
    at = laterOf(at, (records.at(-1)?.offset ?? fetched.next - 1n) + 1n);
    left -= chunk.bytes.byteLength;
  }
  return at >= highWatermark
    ? `There is no message behind it: the high watermark is ${highWatermark}.`
    : `The next message, if there is any, lies at offset ${at} or beyond: it was looked for no farther.`;
}

function nameOf({ topic, partition }: RecordAddress): string {
  return `${topic}-${partition}`;
}
