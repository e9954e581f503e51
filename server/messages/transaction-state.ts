import type { Message } from "#lib/contracts/messages.ts";
import type { ClusterContext } from "../context.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import { fetchOnce } from "../reader/fetch-once.ts";
import { PartitionTable } from "../reader/partition-table.ts";
import { BATCH_HEADER_BYTES, isControl, readBatchHeader } from "../reader/record-batch.ts";
import type { FoundRecord } from "./read-record.ts";

/** How far the marker that ends a transaction is looked for, where another one is still open before it. */
const LOOK_BYTES = 16 * 1_048_576;
const LOOK_MS = 3_000;
const FETCH_BYTES = 1_048_576;

/**
 * What became of a record's transaction. Before the last stable offset the leader's list of aborted ones tells (KIP-98). Behind
 * it some transaction is open, but this one may have ended: its marker is looked for among what follows.
 */
export async function transactionState(
  ctx: Pick<ClusterContext, "reading" | "signal">,
  decoder: Decoder,
  { record, now, aborted }: FoundRecord,
): Promise<Message["transaction"]> {
  const { producerId, transactional } = record.batch;
  if (!transactional) return null;
  if (aborted !== null) {
    return aborted.some((one) => one.producerId === producerId && one.firstOffset <= record.offset)
      ? "aborted"
      : "committed";
  }
  const untilMs = performance.now() + LOOK_MS;
  let left = LOOK_BYTES;
  let at = record.offset + 1n;
  while (at < now.highWatermark) {
    if (left <= 0 || performance.now() > untilMs) return "unknown";
    const asked = {
      topic: now.topic.name,
      partition: now.partition,
      offset: at,
      maxBytes: FETCH_BYTES,
      isolation: "uncommitted",
    } as const;
    const chunk = await fetchOnce(ctx.reading, asked, new PartitionTable(), ctx.signal);
    const [fetched] = chunk.partitions;
    if (fetched === undefined || fetched.next <= at) break;
    const marker = markerOf(producerId, Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, fetched.end), at);
    if (marker !== null) {
      const options = { place: fetched.place, from: marker, limit: 1, maxBytes: 1 };
      const [end] = await decoder.extract(chunk, options, ctx.signal);
      return end?.control === "commit" ? "committed" : end?.control === "abort" ? "aborted" : "unknown";
    }
    at = fetched.next;
    left -= chunk.bytes.byteLength;
  }
  return "open";
}

/** The offset of the first control record of a producer, at or behind an offset; null when there is none. */
function markerOf(producerId: bigint, batches: Buffer, from: bigint): bigint | null {
  for (let at = 0; at + BATCH_HEADER_BYTES <= batches.length; ) {
    const header = readBatchHeader(batches, at);
    if (header.magic < 2) return null;
    if (isControl(header.attributes) && header.producerId === producerId && header.baseOffset >= from) {
      return header.baseOffset;
    }
    at += header.sizeBytes;
  }
  return null;
}
