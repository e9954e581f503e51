/** A transaction that was aborted, as a Fetch that reads committed tells it (KIP-98). */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/** One partition's record batches, as a leader sent them: bytes `start` to `end` of the chunk. */
export interface FetchedPartition {
  /** In the reader's `PartitionTable`. */
  readonly place: number;
  /** The first offset that is wanted: the first batch may begin before it. */
  readonly from: bigint;
  /** Where reading goes on: behind the last whole batch, whatever it held. */
  readonly next: bigint;
  readonly start: number;
  readonly end: number;
  readonly highWatermark: bigint;
  readonly logStartOffset: bigint;
  /** Only when reading committed. */
  readonly aborted: readonly AbortedTransaction[];
}

/** The record batches of one Fetch answer, undecoded: one leader, some of its partitions. */
export interface FetchedChunk {
  readonly bytes: Uint8Array;
  readonly partitions: readonly FetchedPartition[];
}
