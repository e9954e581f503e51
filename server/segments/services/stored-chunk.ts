import type { FetchedChunk } from "../../reader/fetched-chunk.ts";

/**
 * Batches of a file, one behind the other, as if a leader had sent them.
 * @param next the first offset that is in none of them
 */
export function storedChunk(bytes: Buffer, from: bigint, next: bigint): FetchedChunk {
  return {
    bytes,
    partitions: [
      { place: 0, from, next, start: 0, end: bytes.length, highWatermark: next, logStartOffset: 0n, aborted: [] },
    ],
  };
}
