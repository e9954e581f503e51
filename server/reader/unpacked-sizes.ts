import { BatchProblem } from "./batch-problem.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import { StoredBatch } from "./stored-batch.ts";
import { walkBatches } from "./walk-batches.ts";

/** Of all batches of a chunk together; what comes after isn't unpacked. */
const MAX_UNPACKED_BYTES = 256 * 1_048_576;

/** How many bytes each batch's records are when unpacked; null: they can't be, or others took all there is for it. */
export function unpackedSizes({ bytes, partitions }: FetchedChunk): readonly (number | null)[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = MAX_UNPACKED_BYTES;
  return partitions.flatMap((partition) =>
    Array.from(walkBatches(buffer, partition), (batch) => {
      if (!(batch instanceof StoredBatch) || left <= 0) return null;
      try {
        const size = batch.records().length;
        left -= size;
        return size;
      } catch (error) {
        if (error instanceof BatchProblem) return null;
        throw error;
      } finally {
        batch.forget();
      }
    }),
  );
}
