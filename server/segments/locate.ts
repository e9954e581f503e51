import { MAX_LOOKED } from "#lib/contracts/segment-look-ups.ts";
import type { BatchHeader } from "../reader/record-batch.ts";
import { batchProblems } from "./check-batch.ts";
import { type Damage, unreadableFile } from "./damage.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import type { FoundInBatch, Location, ReadBatch, ScanEnd, ScannedBatch, Step, Target } from "./location.ts";
import { openTimeIndex } from "./open-index.ts";
import { type OpenedSegment, openSegment, type SegmentPlace } from "./open-segment.ts";
import { FenceError, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";
import { keyOrder } from "./sparse-index.ts";
import { oldFormat, walkSegment } from "./walk-segment.ts";

/** A batch of a broker's default limit is 1 MiB; one this large is not read for a look-up. */
const MAX_BATCH_BYTES = 64 * 1024 * 1024;
/** Where an index is missing, a whole segment may have to be walked: it stops somewhere. */
const MAX_HOPS = 2_000_000;
/** The cleaner may join segments while they are looked through. */
const MAX_TRIES = 3;

/**
 * Finds a record in a partition's files as the broker does: the segment by its name (by timestamp: by the largest timestamp in
 * it), binary search in the index, then from batch to batch. What is told is what was read.
 * @param readBatch only gets batches whose checksum is right
 * @param logStart where a broker's look-ups by time begin in the offset index, if what they find lies before it
 * @throws {FenceError} when the directory can't be read at all; the signal's reason; what `readBatch` throws
 */
export async function locate(
  directory: PartitionDirectory,
  target: Target,
  readBatch: ReadBatch,
  signal: AbortSignal,
  logStart = 0n,
): Promise<Location> {
  const began = performance.now();
  let bytesRead = 0;
  for (let tries = 1; ; tries++) {
    const lookUp = new LookUp(directory, target, readBatch, signal, logStart);
    const location = await lookUp.run();
    bytesRead += location.bytesRead;
    if (!lookUp.logVanished || tries === MAX_TRIES) return { ...location, bytesRead, tookMicros: micros(began) };
  }
}

class LookUp {
  /** A log that was listed wasn't there when it was opened: its records may have moved into another one. */
  logVanished = false;
  readonly #directory: PartitionDirectory;
  readonly #target: Target;
  readonly #readBatch: ReadBatch;
  readonly #signal: AbortSignal;
  readonly #logStart: bigint;
  readonly #steps: Step[] = [];
  readonly #damage: Damage[] = [];
  #bytesRead = 0;
  #hops = 0;
  #stopped = false;
  /** After the last batch that was seen. */
  #end = 0n;

  constructor(
    directory: PartitionDirectory,
    target: Target,
    readBatch: ReadBatch,
    signal: AbortSignal,
    logStart: bigint,
  ) {
    this.#directory = directory;
    this.#target = target;
    this.#readBatch = readBatch;
    this.#signal = signal;
    this.#logStart = logStart;
  }

  async run(): Promise<Omit<Location, "tookMicros">> {
    const began = performance.now();
    const { segments } = await listSegmentFiles(this.#directory);
    const chosen = await this.#chooseSegment(segments, began);
    if (chosen === null) return this.#location(null, "offset" in this.#target && segments.length > 0);
    this.#end = segments.at(-1)?.baseOffset ?? 0n;
    // A segment may end before its successor begins: then the record is the next one's first.
    for (const [index, place] of segments.slice(chosen).entries()) {
      // By time, a broker looks into one segment; by offset, into each through its index.
      const record = await this.#lookInto(place, index === 0 || "offset" in this.#target);
      if (record !== null || this.#stopped) return this.#location(record, false);
    }
    return this.#location(null, false);
  }

  #location(record: FoundInBatch | null, beforeStart: boolean): Omit<Location, "tookMicros"> {
    const sawTheEnd = record === null && !beforeStart && !this.#stopped && !this.logVanished && this.#steps.length > 0;
    return {
      steps: this.#steps,
      record,
      beforeStart,
      logEndOffset: sawTheEnd ? this.#end : null,
      stopped: this.#stopped,
      damage: this.#damage,
      bytesRead: this.#bytesRead,
    };
  }

  async #chooseSegment(segments: readonly SegmentPlace[], began: number): Promise<number | null> {
    const looked: { baseOffset: bigint; maxTimestampMs: bigint }[] = [];
    const before = this.#bytesRead;
    const target = this.#target;
    const index =
      "offset" in target
        ? segments.findLastIndex(({ baseOffset }) => baseOffset <= target.offset)
        : await this.#firstYoungEnough(segments, target.timestampMs, looked);
    const chosen = segments[index];
    if (chosen === undefined) return null;
    this.#steps.push({
      step: "segment",
      segments: segments.length,
      baseOffset: chosen.baseOffset,
      active: chosen.active,
      looked: looked.slice(-MAX_LOOKED),
      bytesRead: this.#bytesRead - before,
      tookMicros: micros(began),
    });
    return index;
  }

  /**
   * As the broker does: the first one whose largest timestamp is the target's or later. One whose time index doesn't tell may
   * be it, as may the active one, whose tail isn't indexed yet.
   */
  async #firstYoungEnough(
    segments: readonly SegmentPlace[],
    timestampMs: bigint,
    looked: { baseOffset: bigint; maxTimestampMs: bigint }[],
  ): Promise<number> {
    for (const [index, { baseOffset, active }] of segments.entries()) {
      this.#signal.throwIfAborted();
      const maxTimestampMs = active ? null : await this.#largestTimestamp(baseOffset);
      if (maxTimestampMs === null) return index;
      looked.push({ baseOffset, maxTimestampMs });
      if (maxTimestampMs >= timestampMs) return index;
    }
    return -1;
  }

  async #largestTimestamp(baseOffset: bigint): Promise<bigint | null> {
    try {
      const times = await openTimeIndex(this.#directory, baseOffset);
      try {
        return (await times.last())?.timestampMs ?? null;
      } finally {
        this.#bytesRead += times.file.bytesRead;
        await times.file.close();
      }
    } catch {
      // Whoever looks into the segment tells.
      return null;
    }
  }

  async #lookInto(place: SegmentPlace, throughIndexes: boolean): Promise<FoundInBatch | null> {
    const began = performance.now();
    let segment: OpenedSegment;
    try {
      segment = await openSegment(this.#directory, place);
    } catch (error) {
      const name = segmentFileName(place.baseOffset, "log");
      this.#damage.push(unreadableFile(name, error));
      if (error instanceof FenceError && error.reason === "vanished") this.logVanished = true;
      else this.#stopped = true;
      return null;
    }
    try {
      this.#damage.push(...segment.damage);
      const from = throughIndexes ? await this.#fromIndexes(segment, began) : 0;
      return await this.#scan(segment, from);
    } finally {
      this.#bytesRead += segment.bytesRead();
      await segment.close();
    }
  }

  /** Where the scan begins. */
  async #fromIndexes(segment: OpenedSegment, opened: number): Promise<number> {
    const target = this.#target;
    const byOffset = "offset" in target;
    const wanted = byOffset ? target.offset : await this.#offsetOfTime(segment, target.timestampMs, opened);
    const { offsets, log } = segment;
    if (wanted === null || offsets === null) return 0;
    const began = byOffset ? opened : performance.now();
    const { probes, found } = await offsets.lookUp(({ offset }) => keyOrder(offset, wanted));
    this.#steps.push({
      step: "offset-index",
      file: offsets.file.name,
      entries: offsets.entries,
      wanted,
      probes,
      found,
      bytesRead: offsets.file.bytesRead,
      tookMicros: micros(began),
    });
    return found !== null && found.entry.position < log.sizeBytes ? found.entry.position : 0;
  }

  /** What the offset index is to be searched for. As the broker does: never less than the log start offset. */
  async #offsetOfTime({ times, baseOffset }: OpenedSegment, timestampMs: bigint, began: number) {
    if (times === null) return null;
    const { probes, found } = await times.lookUp((entry) => keyOrder(entry.timestampMs, timestampMs));
    this.#steps.push({
      step: "time-index",
      file: times.file.name,
      entries: times.entries,
      probes,
      found,
      bytesRead: times.file.bytesRead,
      tookMicros: micros(began),
    });
    const offset = found?.entry.offset ?? baseOffset;
    if (offset > this.#logStart) return offset;
    return this.#logStart;
  }

  async #scan(segment: OpenedSegment, from: number): Promise<FoundInBatch | null> {
    const { log } = segment;
    const began = performance.now();
    const batches: ScannedBatch[] = [];
    let scanned = 0;
    let ended: ScanEnd = "file";
    const scan = (bytesRead: number, tookMicros: number): Step => {
      return { step: "scan", file: log.name, fromPosition: from, batches, scanned, ended, bytesRead, tookMicros };
    };
    for await (const stored of walkSegment(segment, from)) {
      this.#signal.throwIfAborted();
      if (stored.kind !== "batch") {
        // What is looked for may lie in what can't be read.
        this.#damage.push(stored.kind === "old" ? oldFormat(log.name, stored.position, stored.magic) : stored.damage);
        this.#stopped = true;
        ended = "stopped";
        break;
      }
      const { position, header } = stored;
      const { baseOffset, lastOffset, sizeBytes } = header;
      scanned++;
      batches.push({ position, baseOffset, lastOffset, sizeBytes });
      if (batches.length > MAX_LOOKED) batches.shift();
      if (lastOffset >= this.#end) this.#end = lastOffset + 1n;
      if (this.#hops++ === MAX_HOPS) {
        this.#stop(log.name, position, `After ${MAX_HOPS} batches without an index entry the look-up stopped here.`);
        ended = "stopped";
        break;
      }
      if (!this.#reaches(header)) continue;
      if (sizeBytes > MAX_BATCH_BYTES) {
        this.#stop(log.name, position, `The batch of ${sizeBytes} bytes is too large to be opened for a look-up.`);
        ended = "stopped";
        break;
      }
      const opened = performance.now();
      const before = log.bytesRead;
      const bytes = await log.read(position, sizeBytes);
      const problems = batchProblems(log.name, position, header, bytes);
      if (problems.length > 0) {
        this.#damage.push(...problems);
        this.#stopped = true;
        ended = problems.some(({ kind }) => kind === "crc") ? "checksum" : "stopped";
        break;
      }
      const record = await this.#readBatch(bytes, baseOffset, this.#target);
      if (record === null) continue;
      const batch = { file: log.name, position, bytes };
      ended = "record";
      this.#steps.push(scan(before, Math.round((opened - began) * 1000)), {
        step: "record",
        batch,
        record,
        bytesRead: bytes.length,
        tookMicros: micros(opened),
      });
      return record;
    }
    this.#steps.push(scan(log.bytesRead, micros(began)));
    return null;
  }

  #reaches({ lastOffset, maxTimestamp }: BatchHeader): boolean {
    return "offset" in this.#target ? lastOffset >= this.#target.offset : maxTimestamp >= this.#target.timestampMs;
  }

  #stop(file: string, position: number, detail: string): void {
    this.#damage.push({ file, position, kind: "size", detail });
    this.#stopped = true;
  }
}

function micros(began: number): number {
  return Math.round((performance.now() - began) * 1000);
}
