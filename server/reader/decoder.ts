import type { ExtractedRecord, ExtractOptions } from "./extracted-record.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import type { LensTask, LensYield } from "./lens.ts";

/** One lane of a pool: its tasks are done one after the other, in order. */
export interface Decoder {
  /**
   * What lenses show of a chunk, one yield a task, in order. What can't be decoded is a problem row, never an error; so is
   * a chunk that takes longer than the deadline or breaks its thread.
   * @throws the signal's reason; {ProblemError} shutting-down
   */
  applyLenses(chunk: FetchedChunk, tasks: readonly LensTask[], signal: AbortSignal): Promise<readonly LensYield[]>;
  /**
   * Whole records, control records included, for one message or a sample of several. Skips batches that can't be read,
   * unless it is the one that should hold the first.
   * @throws the signal's reason; {ProblemError} message-not-found (its batch can't be read: the detail says why),
   * deadline-exceeded, internal, shutting-down
   */
  extract(chunk: FetchedChunk, options: ExtractOptions, signal: AbortSignal): Promise<readonly ExtractedRecord[]>;
  /**
   * How many bytes the records of each batch are when unpacked, in order; null: not known. Nothing is known of what takes longer
   * than the deadline or breaks its thread.
   * @throws the signal's reason; {ProblemError} shutting-down
   */
  unpackedSizes(chunk: FetchedChunk, signal: AbortSignal): Promise<readonly (number | null)[]>;
  /** Tasks that wait are given up. */
  release(): void;
}
