import type { MessageFilter } from "#lib/contracts/message-filter.ts";

/** What a viewer wants to see of the records that are read. Viewers with equal lenses share the work of decoding. */
export interface Lens extends MessageFilter {
  /** committed: the records of aborted transactions are left out; a gap tells of them. */
  readonly isolation: "uncommitted" | "committed";
  /** The expected order of magnitude is bytes of text; PREVIEW_BYTES for lists. */
  readonly previewBytes: number;
  /** Gap rows for offsets without a message. With a content filter, only those that tell of transactions' ends. */
  readonly gaps: boolean;
}

/** A lens, and how many rows may come of one chunk; what matches beyond that is counted as sampled. */
export interface LensTask {
  readonly lens: Lens;
  readonly maxRows: number;
  /**
   * Which messages are kept when more match. spread, unless said otherwise: an even spread over the chunk. first: those
   * that come first; a partition's `next` is then behind the last of them, and what lies there is neither seen nor counted.
   */
  readonly keep?: "spread" | "first";
  /** By place: offsets below are left out of this lens' rows and counts. */
  readonly from?: ReadonlyMap<number, bigint>;
}

/** What a lens shows of one partition of a chunk. */
export interface PartitionYield {
  readonly place: number;
  readonly next: bigint;
  /** Messages seen: matched, rejected, or lost. */
  readonly in: number;
  readonly matched: number;
  /** Matched, but not in `rows`. */
  readonly sampled: number;
  /** First and last offset that was sampled away, inclusive; null when none was. */
  readonly sampledRange: readonly [bigint, bigint] | null;
  /** Messages in batches too large to unpack, or damaged, by what their headers claim; not in `matched`. */
  readonly oversize: number;
  readonly undecodable: number;
  /** Bytes as stored. */
  readonly bytes: number;
  /** Timestamps of first and last message seen; null when none was, or when they pass 2^53. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** What a lens shows of a chunk. */
export interface LensYield {
  /** `TailRow`s as JSON, with commas between them: "" when there are none. */
  readonly rows: string;
  /** How many of them are messages. */
  readonly sent: number;
  readonly partitions: readonly PartitionYield[];
}
