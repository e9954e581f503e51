import type { DescribedSegment, describeSegment, SegmentFiles } from "./describe-segment.ts";
import { listSegmentFiles, type SegmentListing } from "./list-segment-files.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";

/** What can be said of a partition's directory without reading records. */
export interface DescribedPartition {
  /** Oldest first; those that went away meanwhile aren't in it. */
  readonly segments: readonly DescribedSegment[];
  readonly listing: SegmentListing;
  /** How many of the oldest are told with their sizes only. */
  readonly notDescribed: number;
  readonly bytesRead: number;
}

/** Some 15 KB are read for each: 30 MB, once. Of what is older only the size is looked at. */
const MAX_DESCRIBED = 2_000;
/** Reads that wait for a disk at a time; the file system's threads are few, and everybody's. */
const AT_A_TIME = 4;

/** @throws {FenceError} when the directory can't be read; the signal's reason */
export async function describePartition(
  directory: PartitionDirectory,
  signal: AbortSignal,
  look: typeof describeSegment,
): Promise<DescribedPartition> {
  const listing = await listSegmentFiles(directory);
  const notDescribed = Math.max(0, listing.segments.length - MAX_DESCRIBED);
  const described = new Array<DescribedSegment | null>(listing.segments.length).fill(null);
  let next = 0;
  const work = async () => {
    for (;;) {
      const index = next++;
      const files = listing.segments[index];
      if (files === undefined) return;
      signal.throwIfAborted();
      described[index] = await (index < notDescribed ? sizeOnly(directory, files) : look(directory, files));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  const segments = described.filter((one) => one !== null);
  return {
    segments,
    listing,
    notDescribed,
    bytesRead: segments.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
  };
}

async function sizeOnly(
  directory: PartitionDirectory,
  { baseOffset, active }: SegmentFiles,
): Promise<DescribedSegment | null> {
  const stats = await directory.stat(segmentFileName(baseOffset, "log"));
  if (stats === null) return null;
  return {
    baseOffset,
    lastOffset: null,
    sizeBytes: stats.size,
    firstTimestampMs: null,
    maxTimestampMs: null,
    active,
    offsetIndex: null,
    timeIndex: null,
    abortedTransactions: null,
    producerSnapshotBytes: null,
    damage: [],
    bytesRead: 0,
  };
}
