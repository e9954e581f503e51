import { type BatchHeader, hasAppendTime } from "../reader/record-batch.ts";

/** KIP-534: the cleaner keeps the time when tombstones may go in the place of the base timestamp. */
const HAS_DELETE_HORIZON = 64;

/** What record timestamps were counted from; null when there is none, or compaction wrote something else there. */
export function baseTimestampOf({ attributes, baseTimestamp }: BatchHeader): bigint | null {
  return baseTimestamp < 0n || (attributes & HAS_DELETE_HORIZON) !== 0 ? null : baseTimestamp;
}

/** A batch's first timestamp, as far as its header tells it. */
export function firstTimestampOf(header: BatchHeader): bigint | null {
  if (!hasAppendTime(header.attributes)) return baseTimestampOf(header);
  return header.maxTimestamp < 0n ? null : header.maxTimestamp;
}
