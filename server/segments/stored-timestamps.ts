import { type BatchHeader, hasAppendTime } from "../reader/record-batch.ts";

/** KIP-534: the cleaner keeps the time when tombstones may go in the place of the base timestamp. */
const HAS_DELETE_HORIZON = 64;

/** A batch's first timestamp as far as its header tells it; null when it has none, or compaction wrote something else there. */
export function firstTimestampOf({ attributes, baseTimestamp, maxTimestamp }: BatchHeader): bigint | null {
  if (hasAppendTime(attributes)) return maxTimestamp < 0n ? null : maxTimestamp;
  return baseTimestamp < 0n || (attributes & HAS_DELETE_HORIZON) !== 0 ? null : baseTimestamp;
}
