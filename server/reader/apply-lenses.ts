import type { FetchedChunk } from "./fetched-chunk.ts";
import type { LensTask, LensYield } from "./lens.ts";
import { LensView } from "./lens-view.ts";
import { StoredBatch } from "./stored-batch.ts";
import { claimedRecords, type UnreadableStretch, walkBatches } from "./walk-batches.ts";

/**
 * What each lens shows of a chunk, in the order of the tasks. Every batch is unpacked once, one at a time. Never throws for
 * what the bytes are: damaged, huge or unknown batches are problem rows.
 */
export function applyLenses(chunk: FetchedChunk, tasks: readonly LensTask[]): LensYield[] {
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
  const walked = chunk.partitions.map((partition) => ({ partition, batches: [...walkBatches(bytes, partition)] }));
  const claimed = walked.reduce(
    (sum, { partition, batches }) => sum + claimedRecords(batches.filter(isSound), partition.from),
    0,
  );
  const views = tasks.map((task) => new LensView(task, claimed));
  for (const { partition, batches } of walked) {
    for (const view of views) view.beginPartition(partition);
    for (const batch of batches) {
      if (batch instanceof StoredBatch) {
        for (const view of views) view.take(batch);
        batch.forget();
      } else for (const view of views) view.skip(batch);
    }
    for (const view of views) view.endPartition();
  }
  return views.map((view) => view.finish());
}

/** Of others come no messages. */
function isSound(batch: StoredBatch | UnreadableStretch): batch is StoredBatch {
  return batch instanceof StoredBatch && batch.crcValid;
}
