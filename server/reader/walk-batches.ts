import type { ProblemRow } from "#lib/contracts/message-row.ts";
import { corrupt } from "./batch-problem.ts";
import type { FetchedPartition } from "./fetched-chunk.ts";
import { earlierOf, laterOf } from "./offset-bounds.ts";
import { BATCH_HEADER_BYTES, BATCH_PREFIX_BYTES, readMagic } from "./record-batch.ts";
import { StoredBatch } from "./stored-batch.ts";

/** Magic 0: offset, size, checksum, magic, attributes, and the lengths of key and value. */
const OLD_MESSAGE_BYTES = 26;
const OLD_ATTRIBUTES_AT = 17;
const COMPRESSED = 7;

/** Bytes of a partition that nobody reads: offsets `first` to `last`, inclusive. */
export interface UnreadableStretch {
  readonly code: ProblemRow["code"];
  readonly detail: string;
  readonly first: bigint;
  readonly last: bigint;
  readonly records: number;
  readonly sizeBytes: number;
}

/**
 * The batches of one partition of a chunk, in order. What is no batch comes as an unreadable stretch, and hides at most
 * what is behind it in this partition: each step moves on by at least one header. Old messages (magic 0 and 1, before
 * Kafka 0.11) that follow each other are one stretch.
 */
export function* walkBatches(
  bytes: Buffer,
  { from, next, start, end }: Pick<FetchedPartition, "from" | "next" | "start" | "end">,
): Generator<StoredBatch | UnreadableStretch> {
  let at = start;
  /** The least offset that the next batch may begin with. */
  let offset: bigint | null = null;
  while (end - at >= OLD_MESSAGE_BYTES) {
    const sizeBytes = BATCH_PREFIX_BYTES + bytes.readInt32BE(at + 8);
    const magic = readMagic(bytes, at);
    const least = magic === 0 || magic === 1 ? OLD_MESSAGE_BYTES : BATCH_HEADER_BYTES;
    if (sizeBytes < least || at + sizeBytes > end) break;
    if (magic === 2) {
      const behind = at + sizeBytes;
      const limit = end - behind >= OLD_MESSAGE_BYTES ? bytes.readBigInt64BE(behind) : next;
      const batch = new StoredBatch(bytes, at, offset ?? 0n, laterOf(earlierOf(limit, next), offset ?? from));
      yield batch;
      offset = laterOf(offset ?? 0n, batch.lastOffset + 1n);
      at = behind;
    } else if (least === OLD_MESSAGE_BYTES) {
      const stretch = oldMessages(bytes, at, end, offset ?? from);
      yield stretch;
      offset = stretch.last + 1n;
      at += stretch.sizeBytes;
    } else break;
  }
  if (at >= end || (offset ?? from) >= next) return;
  const what = `what stands where offset ${offset ?? from} should is no record batch, or one that is cut off`;
  yield unread(corrupt(what), offset ?? from, next - 1n, Number.POSITIVE_INFINITY, end - at);
}

/** How many messages the headers of batches claim, from an offset on. */
export function claimedRecords(batches: Iterable<StoredBatch | UnreadableStretch>, from: bigint): number {
  let claimed = 0;
  for (const batch of batches) {
    if (!(batch instanceof StoredBatch)) claimed += batch.last >= from ? batch.records : 0;
    else if (!batch.control && batch.lastOffset >= from) claimed += batch.claimed;
  }
  return claimed;
}

/** @param records what the header claims; no more are counted than there are offsets */
export function unread(
  { code, message }: { readonly code: ProblemRow["code"]; readonly message: string },
  first: bigint,
  last: bigint,
  records: number,
  sizeBytes: number,
): UnreadableStretch {
  const offsets = Number(last - first) + 1;
  return { code, detail: message, first, last, records: Math.max(0, Math.min(records, offsets)), sizeBytes };
}

function oldMessages(bytes: Buffer, start: number, end: number, first: bigint): UnreadableStretch {
  let at = start;
  let last = first;
  let records = 0;
  while (end - at >= OLD_MESSAGE_BYTES && readMagic(bytes, at) >= 0 && readMagic(bytes, at) < 2) {
    const sizeBytes = BATCH_PREFIX_BYTES + bytes.readInt32BE(at + 8);
    if (sizeBytes < OLD_MESSAGE_BYTES || at + sizeBytes > end) break;
    // Of a compressed one, the offset is that of the last message in it (of magic 0 and 1 alike, as brokers store it).
    const offset = bytes.readBigInt64BE(at);
    const packed = ((bytes[at + OLD_ATTRIBUTES_AT] ?? 0) & COMPRESSED) !== 0;
    const behind = records === 0 ? first : last + 1n;
    records += packed && offset >= behind ? Number(offset - behind) + 1 : 1;
    if (offset > last) last = offset;
    at += sizeBytes;
  }
  return {
    code: "old-format",
    detail:
      "These messages are in the format from before Kafka 0.11 (message format v0 or v1), which is not read here. Read them with kafka-console-consumer.",
    first,
    last,
    records,
    sizeBytes: at - start,
  };
}
