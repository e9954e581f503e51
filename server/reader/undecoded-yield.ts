import type { ProblemRow } from "#lib/contracts/message-row.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import type { LensTask, LensYield, PartitionYield } from "./lens.ts";
import { laterOf } from "./offset-bounds.ts";
import { newTally } from "./partition-tally.ts";
import { claimedRecords, walkBatches } from "./walk-batches.ts";

/** A chunk that nobody could decode: of each partition one problem row, counted as far as headers alone tell. */
export function undecodedYield(chunk: FetchedChunk, { from }: LensTask, why: string): LensYield {
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
  const rows: ProblemRow[] = [];
  const partitions = chunk.partitions.map((partition): PartitionYield => {
    const { place, next } = partition;
    const tally = newTally(place, next);
    const first = laterOf(from?.get(place) ?? partition.from, partition.from);
    if (first >= next) return tally;
    const records = Math.min(claimedRecords(walkBatches(bytes, partition), first), Number(next - first));
    rows.push({ problem: [place, `${first}`, `${next - 1n}`], code: "corrupt", detail: why, records });
    return { ...tally, in: records, undecodable: records, bytes: partition.end - partition.start };
  });
  return { rows: rows.map((row) => JSON.stringify(row)).join(","), sent: 0, partitions };
}
