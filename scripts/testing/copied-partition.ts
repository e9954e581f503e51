import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DescribedSegment, describeSegment } from "#server/segments/describe-segment.ts";
import { listSegmentFiles } from "#server/segments/list-segment-files.ts";
import { LogDirectory, type PartitionDirectory } from "#server/segments/partition-directory.ts";
import type { VerifyEvent } from "#server/segments/verify/verify-event.ts";
import { verifyPartition } from "#server/segments/verify/verify-partition.ts";

/** A copy of a partition's directory, in a log dir of its own, to be damaged. */
export class CopiedPartition {
  readonly logDir = mkdtempSync(join(tmpdir(), "tailrace-log-dir-"));
  readonly path: string;
  readonly #topic: string;
  readonly #partition: number;

  constructor(fromLogDir: string, topic: string, partition: number) {
    this.#topic = topic;
    this.#partition = partition;
    this.path = join(this.logDir, `${topic}-${partition}`);
    cpSync(join(fromLogDir, `${topic}-${partition}`), this.path, { recursive: true });
  }

  async open(): Promise<PartitionDirectory> {
    return (await LogDirectory.open(this.logDir)).partition(this.#topic, this.#partition);
  }

  /** Names that end so, in their order. */
  files(ending: string): string[] {
    return readdirSync(this.path)
      .filter((name) => name.endsWith(ending))
      .sort();
  }

  bytes(name: string): Buffer {
    return readFileSync(join(this.path, name));
  }

  write(name: string, bytes: Buffer | string): void {
    writeFileSync(join(this.path, name), bytes);
  }

  /** Turns all bits of one byte over. */
  flip(name: string, position: number): void {
    const bytes = this.bytes(name);
    bytes[position] = ~(bytes[position] ?? 0) & 0xff;
    this.write(name, bytes);
  }

  cut(name: string, sizeBytes: number): void {
    truncateSync(join(this.path, name), sizeBytes);
  }

  remove(name: string): void {
    rmSync(join(this.path, name), { recursive: true });
  }

  /** What a look from outside finds wrong, and what a verification does. */
  async damage() {
    const directory = await this.open();
    const { signal } = new AbortController();
    const listing = await listSegmentFiles(directory);
    const segments: DescribedSegment[] = [];
    for (const files of listing.segments) {
      const described = await describeSegment(directory, files);
      if (described !== null) segments.push(described);
    }
    const events: VerifyEvent[] = [];
    await verifyPartition(directory, Number.POSITIVE_INFINITY, (event) => events.push(event), signal);
    return {
      segments,
      listing,
      described: segments.flatMap(({ damage }) => damage),
      verified: events.flatMap((event) => (event.kind === "damage" ? [event.damage] : [])),
      end: events.at(-1),
    };
  }

  close(): void {
    rmSync(this.logDir, { recursive: true, force: true });
  }
}
