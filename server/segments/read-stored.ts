import type { describeSegment } from "./describe-segment.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { type Deletable, type LogBounds, type RetentionRules, whatGoes } from "./retention.ts";
import { segmentFileName } from "./segment-names.ts";

export interface StoredReplica {
  readonly segments: number;
  readonly oldestTimestampMs: bigint | null;
  /** Bytes of segments that the next check deletes; null: it can't be told, or there are too many to look at. */
  readonly dueBytes: bigint | null;
}

/** Each costs a look at its length. */
const MAX_SIZED = 2_000;
/** Each costs some 15 KB. A check that is due for more is far behind. */
const MAX_DESCRIBED = 50;

/**
 * A replica's segments, as far as it takes to know what goes at the next check: those that are too old, and one more.
 * @param rules null: unknown
 * @throws {FenceError} when the directory can't be read; the signal's reason
 */
export async function readStored(
  directory: PartitionDirectory,
  look: typeof describeSegment,
  rules: RetentionRules | null,
  bounds: LogBounds,
  signal: AbortSignal,
): Promise<StoredReplica> {
  const { segments: files } = await listSegmentFiles(directory);
  const nowMs = Date.now();
  let oldestTimestampMs: bigint | null = null;
  let allDue = rules !== null && rules.retentionMs >= 0n && files.length <= MAX_SIZED;
  let known = rules !== null && files.length <= MAX_SIZED;
  const deletable: Deletable[] = [];
  for (const [index, segment] of files.entries()) {
    if (index > 0 && !known) break;
    signal.throwIfAborted();
    if (index === 0 || allDue) {
      const described = await look(directory, segment);
      if (described === null) continue;
      if (index === 0) oldestTimestampMs = described.firstTimestampMs;
      const { baseOffset, maxTimestampMs } = described;
      allDue &&= rules !== null && maxTimestampMs !== null && BigInt(nowMs) - maxTimestampMs > rules.retentionMs;
      if (allDue && index >= MAX_DESCRIBED) known = false;
      deletable.push({ baseOffset, sizeBytes: BigInt(described.sizeBytes), maxTimestampMs });
    } else {
      const stats = await directory.stat(segmentFileName(segment.baseOffset, "log"));
      if (stats === null) continue;
      // Its time isn't looked at: what is before it stays, and so does it.
      deletable.push({ baseOffset: segment.baseOffset, sizeBytes: BigInt(stats.size), maxTimestampMs: null });
    }
  }
  if (!known || rules === null) return { segments: files.length, oldestTimestampMs, dueBytes: null };
  const goes = whatGoes(deletable, rules, bounds, nowMs);
  const dueBytes = deletable.reduce((sum, { sizeBytes }, index) => (goes[index]?.dueNow ? sum + sizeBytes : sum), 0n);
  return { segments: files.length, oldestTimestampMs, dueBytes };
}
