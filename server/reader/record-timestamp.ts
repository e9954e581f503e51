import type { RecordCursor } from "./record-cursor.ts";
import type { StoredBatch } from "./stored-batch.ts";

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A record's timestamp, as it is. */
export function timestampOf({ appendTime, header }: StoredBatch, record: RecordCursor): bigint {
  if (appendTime) return header.maxTimestamp;
  return BigInt.asIntN(64, header.baseTimestamp + (record.wideTimestampDelta ?? BigInt(record.timestampDelta)));
}

/** How a batch's timestamps are read without big numbers, wherever that is exact. */
export class BatchTimestamps {
  readonly #batch: StoredBatch;
  readonly #base: number | null;

  constructor(batch: StoredBatch) {
    this.#batch = batch;
    this.#base = asNumber(batch.appendTime ? batch.header.maxTimestamp : batch.header.baseTimestamp);
  }

  /** Null: beyond what a number holds. */
  numberOf(record: RecordCursor): number | null {
    if (this.#base === null) return asNumber(timestampOf(this.#batch, record));
    if (this.#batch.appendTime) return this.#base;
    if (record.wideTimestampDelta !== null) return asNumber(timestampOf(this.#batch, record));
    const sum = this.#base + record.timestampDelta;
    return Number.isSafeInteger(sum) ? sum : null;
  }
}

function asNumber(timestamp: bigint): number | null {
  return timestamp <= MAX_SAFE && timestamp >= -MAX_SAFE ? Number(timestamp) : null;
}
