import type { Codec } from "./record-batch.ts";

/** The batch that a record came in. */
export interface BatchFacts {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly records: number;
  /** As stored, header included. */
  readonly sizeBytes: number;
  readonly codec: Codec;
  readonly magic: number;
  readonly leaderEpoch: number;
  /** -1: not from an idempotent producer; then epoch and sequence are -1, too. */
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly transactional: boolean;
  readonly crc: number;
  /** False: the bytes are not what was written. */
  readonly crcValid: boolean;
}

/** A whole record, its bytes its own. */
export interface ExtractedRecord {
  readonly offset: bigint;
  /** Milliseconds since 1970; -1: none. */
  readonly timestamp: bigint;
  readonly timestampType: "CreateTime" | "LogAppendTime";
  /** The batch's, as a number of 16 bits. */
  readonly attributes: number;
  readonly key: Uint8Array<ArrayBuffer> | null;
  /** Null: a tombstone. */
  readonly value: Uint8Array<ArrayBuffer> | null;
  /** In order; names may repeat. */
  readonly headers: readonly { readonly name: string; readonly value: Uint8Array<ArrayBuffer> | null }[];
  /** Null: a message. Else a control record: a transaction's end, or something else of the broker's. */
  readonly control: "commit" | "abort" | "other" | null;
  readonly batch: BatchFacts;
}

export interface ExtractOptions {
  readonly place: number;
  /** The first offset that is wanted. */
  readonly from: bigint;
  readonly limit: number;
  /** Of keys, values and headers together; the first record is given whatever its size. */
  readonly maxBytes: number;
}
