import type { ProblemRow } from "#lib/contracts/message-row.ts";
import type { FetchedChunk, FetchedPartition } from "./fetched-chunk.ts";
import type { LensTask, LensYield, PartitionYield } from "./lens.ts";
import { laterOf } from "./offset-bounds.ts";
import { newTally } from "./partition-tally.ts";
import { BATCH_HEADER_BYTES, isControl, readBatchHeader, readMagic } from "./record-batch.ts";

/** A chunk that nobody could decode: of each partition one problem row, counted as far as headers alone tell. */
export function undecodedYield(chunk: FetchedChunk, { from }: LensTask, why: string): LensYield {
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
  const rows: ProblemRow[] = [];
  const partitions = chunk.partitions.map((partition): PartitionYield => {
    const { place, next } = partition;
    const tally = newTally(place, next);
    const first = laterOf(from?.get(place) ?? partition.from, partition.from);
    if (first >= next) return tally;
    const records = Math.min(recordsByHeaders(bytes, partition, first), Number(next - first));
    rows.push({ problem: [place, `${first}`, `${next - 1n}`], code: "corrupt", detail: why, records });
    return { ...tally, in: records, undecodable: records, bytes: partition.end - partition.start };
  });
  return { rows: rows.map((row) => JSON.stringify(row)).join(","), sent: 0, partitions };
}

/**
 * How many messages the headers claim, from an offset on. Looks at nothing else: this is done on the main thread, where the
 * checksums of megabytes would hold up everybody. Of the formats before Kafka 0.11, every offset may be a message.
 */
function recordsByHeaders(bytes: Buffer, { start, end }: FetchedPartition, from: bigint): number {
  let records = 0;
  let at = start;
  while (at + BATCH_HEADER_BYTES <= end) {
    if (readMagic(bytes, at) < 2) return Number.POSITIVE_INFINITY;
    const header = readBatchHeader(bytes, at);
    if (header.sizeBytes < BATCH_HEADER_BYTES) break;
    const offsets = header.lastOffsetDelta + 1;
    if (!isControl(header.attributes) && header.lastOffset >= from) {
      records += Math.max(0, Math.min(header.records, offsets));
    }
    at += header.sizeBytes;
  }
  return records;
}
