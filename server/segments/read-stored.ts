import type { describeSegment } from "./describe-segment.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { type Deletable, type LogBounds, type RetentionRules, whatGoes } from "./retention.ts";
import { segmentFileName } from "./segment-names.ts";

export interface StoredFiles {
  readonly segments: number;
  /** Of the first batch there is; null: there is none, or it isn't told in it. */
  readonly oldestTimestampMs: bigint | null;
  /** That batch begins before the log start offset; null: unknown. */
  readonly oldestIsDeleted: boolean | null;
  /** Bytes of segments that the next check deletes; null: it can't be told, or there are too many to look at. */
  readonly dueBytes: bigint | null;
  /** When the first segment that stays may be deleted by time; null: never, or it can't be told. */
  readonly nextGoesAtMs: number | null;
}

type Look = typeof describeSegment;
type Files = Awaited<ReturnType<typeof listSegmentFiles>>["segments"];

/** Each costs a look at its length. */
const MAX_SIZED = 2_000;
/** Each costs some 15 KB. A check that is due for more is far behind. */
const MAX_DESCRIBED = 50;
const NOTHING_KNOWN = { dueBytes: null, nextGoesAtMs: null };

/**
 * A replica's segments, as far as it takes to know what goes at the next check: those that go, and one more.
 * @param rules null: unknown
 * @throws {FenceError} when the directory can't be read; the signal's reason
 */
export async function readStored(
  directory: PartitionDirectory,
  look: Look,
  rules: RetentionRules | null,
  bounds: LogBounds,
  signal: AbortSignal,
): Promise<StoredFiles> {
  const { segments: files } = await listSegmentFiles(directory);
  const oldest = await readOldest(directory, look, files, bounds, signal);
  const goes = rules === null ? NOTHING_KNOWN : await readDue(directory, look, files, rules, bounds, signal);
  return { segments: files.length, ...oldest, ...goes };
}

/** Compaction leaves segments with nothing in them: the first that holds something tells. */
async function readOldest(
  directory: PartitionDirectory,
  look: Look,
  files: Files,
  { logStartOffset }: LogBounds,
  signal: AbortSignal,
): Promise<Pick<StoredFiles, "oldestTimestampMs" | "oldestIsDeleted">> {
  for (const file of files.slice(0, MAX_DESCRIBED)) {
    signal.throwIfAborted();
    const described = await look(directory, file);
    if (described === null || (described.sizeBytes === 0 && described.damage.length === 0)) continue;
    const oldestTimestampMs = described.firstTimestampMs;
    // The base offset of a segment is that of its first batch, but for what compaction took from its head.
    const oldestIsDeleted =
      oldestTimestampMs === null || logStartOffset === null ? null : file.baseOffset < logStartOffset;
    return { oldestTimestampMs, oldestIsDeleted };
  }
  return { oldestTimestampMs: null, oldestIsDeleted: null };
}

/** By log start offset and by size lengths are enough; then by time, as far as it goes. */
async function readDue(
  directory: PartitionDirectory,
  look: Look,
  files: Files,
  rules: RetentionRules,
  bounds: LogBounds,
  signal: AbortSignal,
): Promise<Pick<StoredFiles, "dueBytes" | "nextGoesAtMs">> {
  const nowMs = Date.now();
  const deletes = rules.cleanupPolicy.split(",").some((policy) => policy.trim() === "delete");
  const bySize = deletes && rules.retentionBytes >= 0n;
  const byTime = deletes && rules.retentionMs >= 0n;
  if (files.length > MAX_SIZED) return NOTHING_KNOWN;
  const sizeOf = async (baseOffset: bigint) => {
    signal.throwIfAborted();
    const stats = await directory.stat(segmentFileName(baseOffset, "log"));
    return stats === null ? 0n : BigInt(stats.size);
  };
  const segments: Deletable[] = [];
  for (const { baseOffset } of files) {
    segments.push({ baseOffset, sizeBytes: bySize ? await sizeOf(baseOffset) : 0n, maxTimestampMs: null });
  }
  const withoutTime = whatGoes(segments, { ...rules, retentionMs: -1n }, bounds, nowMs);
  const kept = withoutTime.filter((goes) => goes?.dueNow).length;
  for (let index = 0; index < kept && !bySize; index++) {
    const segment = segments[index];
    if (segment !== undefined) segments[index] = { ...segment, sizeBytes: await sizeOf(segment.baseOffset) };
  }
  for (let index = kept; byTime && index < files.length; index++) {
    if (index - kept >= MAX_DESCRIBED) return NOTHING_KNOWN;
    signal.throwIfAborted();
    const file = files[index];
    const described = file === undefined ? null : await look(directory, file);
    // Deleted under the reader, or damaged, or emptied by compaction: when it goes can't be told, nor of what is behind it.
    if (described === null) return NOTHING_KNOWN;
    const { baseOffset, maxTimestampMs } = described;
    segments[index] = { baseOffset, sizeBytes: BigInt(described.sizeBytes), maxTimestampMs };
    if (maxTimestampMs === null) {
      const isEmptyActive = described.active && described.sizeBytes === 0 && described.damage.length === 0;
      if (isEmptyActive) break;
      return NOTHING_KNOWN;
    }
    if (BigInt(nowMs) - maxTimestampMs <= rules.retentionMs) break;
  }
  const goes = whatGoes(segments, rules, bounds, nowMs);
  const dueBytes = segments.reduce((sum, { sizeBytes }, index) => (goes[index]?.dueNow ? sum + sizeBytes : sum), 0n);
  return { dueBytes, nextGoesAtMs: goes.find((one) => one !== null && !one.dueNow)?.atMs ?? null };
}
