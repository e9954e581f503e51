import { DescribedSegments } from "./described-segments.ts";
import { SegmentCounts } from "./segment-counts.ts";
import { ToldLogDirs } from "./sources/told-log-dirs.ts";
import { StorageGrowth } from "./storage-growth.ts";

/** What this server remembers of a cluster's files between requests; all of it bounded, and read again when it is gone. */
export class SegmentMemory {
  readonly described = new DescribedSegments();
  readonly counts = new SegmentCounts();
  readonly growth = new StorageGrowth();
  readonly logDirs = new ToldLogDirs();
}
