import { setTimeout as delay } from "node:timers/promises";
import { MAX_FINDINGS } from "#lib/contracts/verifications.ts";
import { type Damage, unreadableFile } from "../damage.ts";
import { listSegmentFiles } from "../list-segment-files.ts";
import { FenceError, type PartitionDirectory } from "../partition-directory.ts";
import { segmentFileName } from "../segment-names.ts";
import { type VerifiedSegment, verifySegment } from "../verify-segment.ts";
import type { VerifyEnd, VerifyEvent } from "./verify-event.ts";

/** A word on how far it is, no more often. */
const PROGRESS_MS = 200;

/**
 * Verifies all segments of a partition, oldest first, as they are when it begins: what is written or rolled afterwards isn't
 * read, what goes away is counted.
 * @param bytesPerSecond no faster, so that a broker on the same disk isn't held up
 * @throws {FenceError} when the directory can't be read; the signal's reason
 */
export async function verifyPartition(
  directory: PartitionDirectory,
  bytesPerSecond: number,
  tell: (event: VerifyEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  await new PartitionCheck(directory, bytesPerSecond, tell, signal).run();
}

class EnoughFindings extends Error {}

class PartitionCheck {
  readonly #directory: PartitionDirectory;
  readonly #bytesPerSecond: number;
  readonly #tell: (event: VerifyEvent) => void;
  readonly #signal: AbortSignal;
  readonly #began = performance.now();
  #toldMs = 0;
  #findings = 0;
  #vanished = 0;
  #done = { segments: 0, batches: 0, records: 0n, indexEntries: 0, bytes: 0 };

  constructor(
    directory: PartitionDirectory,
    bytesPerSecond: number,
    tell: (event: VerifyEvent) => void,
    signal: AbortSignal,
  ) {
    this.#directory = directory;
    this.#bytesPerSecond = bytesPerSecond;
    this.#tell = tell;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    const { segments } = await listSegmentFiles(this.#directory);
    let bytes = 0;
    for (const { baseOffset } of segments) {
      bytes += (await this.#directory.stat(segmentFileName(baseOffset, "log")))?.size ?? 0;
    }
    this.#tell({ kind: "started", segments: segments.length, bytes });
    let how: VerifyEnd["how"] = "complete";
    try {
      let lastOffset = -1n;
      for (const [index, place] of segments.entries()) {
        const endsBefore = segments[index + 1]?.baseOffset ?? null;
        lastOffset = await this.#verify(place, lastOffset, endsBefore);
      }
    } catch (error) {
      if (!(error instanceof EnoughFindings)) throw error;
      how = "stopped";
    }
    const elapsedMs = this.#elapsedMs();
    this.#tell({ kind: "end", how, ...this.#done, findings: this.#findings, vanished: this.#vanished, elapsedMs });
  }

  /** @returns the segment's last offset; what was given when it can't be read */
  async #verify(
    place: { readonly baseOffset: bigint; readonly active: boolean },
    lastOffset: bigint,
    endsBefore: bigint | null,
  ): Promise<bigint> {
    const { baseOffset } = place;
    let latest: VerifiedSegment = { bytes: 0, batches: 0, records: 0n, indexEntries: 0, lastOffset };
    try {
      latest = await verifySegment(this.#directory, place, {
        lastOffset,
        endsBefore,
        signal: this.#signal,
        onDamage: (damage) => this.#found(damage),
        onProgress: async (soFar) => {
          latest = soFar;
          if (this.#elapsedMs() - this.#toldMs >= PROGRESS_MS) this.#progress(baseOffset, soFar);
          await this.#pace(soFar.bytes);
        },
      });
      this.#progress(baseOffset, latest);
      this.#done.segments++;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof EnoughFindings) throw error;
      if (error instanceof FenceError && error.reason === "vanished") this.#vanished++;
      this.#found(unreadableFile(segmentFileName(baseOffset, "log"), error));
    } finally {
      this.#done.bytes += latest.bytes;
      this.#done.batches += latest.batches;
      this.#done.records += latest.records;
      this.#done.indexEntries += latest.indexEntries;
    }
    return latest.lastOffset;
  }

  #found(damage: Damage): void {
    this.#findings++;
    this.#tell({ kind: "damage", damage });
    if (this.#findings === MAX_FINDINGS) throw new EnoughFindings();
  }

  #progress(baseOffset: bigint, { bytes, batches, records, indexEntries }: VerifiedSegment): void {
    const elapsedMs = this.#elapsedMs();
    this.#toldMs = elapsedMs;
    const bytesDone = this.#done.bytes + bytes;
    this.#tell({ kind: "progress", baseOffset, bytes, batches, records, indexEntries, bytesDone, elapsedMs });
  }

  /** Waits until as much may have been read by now; a turn of the event loop at least, so that a cancel is heard. */
  async #pace(bytes: number): Promise<void> {
    const dueMs = ((this.#done.bytes + bytes) / this.#bytesPerSecond) * 1000;
    await delay(Math.max(0, dueMs - this.#elapsedMs()), undefined, { signal: this.#signal });
  }

  #elapsedMs(): number {
    return Math.round(performance.now() - this.#began);
  }
}
