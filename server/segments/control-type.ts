import { BatchProblem } from "../reader/batch-problem.ts";
import { controlTypeOf } from "../reader/control-record.ts";
import { BATCH_HEADER_BYTES, type BatchHeader, codecOf, isControl } from "../reader/record-batch.ts";
import { RecordCursor } from "../reader/record-cursor.ts";

/** A marker is some 80 bytes; a new leader's note names its voters. */
export const MAX_CONTROL_BYTES = 4 * 1024;

/** As Kafka numbers them: 0 and 1 end transactions, the others stand in the cluster's own log of metadata. */
const names = [
  "abort",
  "commit",
  "leader-change",
  "snapshot-header",
  "snapshot-footer",
  "kraft-version",
  "kraft-voters",
] as const;

/**
 * What a control batch says, by its first record's key.
 * @param bytes of the batch, from its header on: all of it, or its beginning
 * @returns null: it is none, or its first record can't be read
 * @see org.apache.kafka.common.record.ControlRecordType
 */
export function controlTypeIn(header: BatchHeader, bytes: Buffer): string | null {
  const { attributes, sizeBytes, lastOffsetDelta, records } = header;
  if (!isControl(attributes) || codecOf(attributes) !== "none" || records < 1) return null;
  const cursor = new RecordCursor();
  cursor.begin(bytes.subarray(BATCH_HEADER_BYTES, sizeBytes), records, lastOffsetDelta);
  try {
    cursor.next();
  } catch (error) {
    if (error instanceof BatchProblem) return null;
    throw error;
  }
  const type = controlTypeOf(cursor);
  return type === null ? null : (names[type] ?? `unknown (${type})`);
}
