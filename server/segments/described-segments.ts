import { type DescribedSegment, describeSegment, type SegmentFiles } from "./describe-segment.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { type SegmentFileKind, segmentFileName } from "./segment-names.ts";

/** Some 500 bytes each: five of the largest partitions that are described. */
const MAX_KEPT = 10_000;

/** Descriptions of rolled segments, kept as long as their files are the same ones, with the same length and time. */
export class DescribedSegments {
  /** Least recently asked for first. */
  readonly #kept = new Map<string, DescribedSegment>();
  readonly #describe: typeof describeSegment;

  /** @param describe what is kept of; a test counts its calls */
  constructor(describe: typeof describeSegment = describeSegment) {
    this.#describe = describe;
  }

  /** As `describeSegment`; what is known already costs no read. */
  readonly get = async (directory: PartitionDirectory, files: SegmentFiles): Promise<DescribedSegment | null> => {
    if (files.active) return this.#describe(directory, files);
    const key = await keyOf(directory, files);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#keep(key, known);
      return { ...known, bytesRead: 0 };
    }
    const described = await this.#describe(directory, files);
    // What was replaced meanwhile isn't known under either name.
    if (described !== null && key === (await keyOf(directory, files))) this.#keep(key, described);
    return described;
  };

  #keep(key: string, described: DescribedSegment): void {
    this.#kept.delete(key);
    this.#kept.set(key, described);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

async function keyOf(directory: PartitionDirectory, { baseOffset, kinds }: SegmentFiles): Promise<string> {
  const identity = async (kind: SegmentFileKind) => {
    const stats = await directory.stat(segmentFileName(baseOffset, kind)).catch(() => null);
    return stats === null ? "-" : `${stats.ino}:${stats.size}:${stats.mtimeMs}`;
  };
  const files = await Promise.all([...kinds].sort().map(async (kind) => `${kind} ${await identity(kind)}`));
  return `${directory.path} ${baseOffset} ${files.join(" ")}`;
}
