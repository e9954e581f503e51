import { listSegmentFiles } from "./list-segment-files.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";

/** Each costs a look at its length. */
const MAX_SIZED = 2_000;

/**
 * What a replica's logs are long together: what its broker tells as its size (DescribeLogDirs), which counts no index.
 * @returns null: more segments than are looked at
 * @throws {FenceError} when the directory can't be read; the signal's reason
 */
export async function storedBytes(directory: PartitionDirectory, signal: AbortSignal): Promise<bigint | null> {
  const { segments } = await listSegmentFiles(directory);
  if (segments.length > MAX_SIZED) return null;
  let sum = 0n;
  for (const { baseOffset } of segments) {
    signal.throwIfAborted();
    const stats = await directory.stat(segmentFileName(baseOffset, "log"));
    sum += BigInt(stats?.size ?? 0);
  }
  return sum;
}
