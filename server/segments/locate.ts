import { type Damage, unreadableFile } from "./damage.ts";
import { brokenEnd, oldFormat } from "./describe-segment.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import { openOffsetIndex, openTimeIndex } from "./open-index.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import type { SegmentFile } from "./segment-file.ts";
import { segmentFileName } from "./segment-names.ts";
import type { Lookup, OffsetEntry, Probe, SparseIndex, TimeEntry } from "./sparse-index.ts";
import { walkHeaders } from "./walk-headers.ts";

/** A record as a look-up needs it. */
export interface FoundInBatch {
  readonly offset: bigint;
  readonly timestampMs: bigint;
  /** Which of the batch's records, from 1. */
  readonly number: number;
}

/** What is looked for. */
export type Target = { readonly offset: bigint } | { readonly timestampMs: bigint };

/**
 * Reads a whole batch: its first data record at or after an offset, or at or after a time.
 * @returns null when there is none in it
 */
export type ReadBatch = (bytes: Buffer, baseOffset: bigint, target: Target) => Promise<FoundInBatch | null>;

interface Cost {
  readonly bytesRead: number;
  readonly tookMicros: number;
}

export type Step =
  | ({
      readonly step: "segment";
      readonly segments: number;
      readonly baseOffset: bigint;
      readonly active: boolean;
      readonly looked: readonly { readonly baseOffset: bigint; readonly maxTimestampMs: bigint }[];
    } & Cost)
  | ({
      readonly step: "time-index";
      readonly file: string;
      readonly entries: number;
      readonly probes: readonly Probe<TimeEntry>[];
      readonly found: Probe<TimeEntry> | null;
    } & Cost)
  | ({
      readonly step: "offset-index";
      readonly file: string;
      readonly entries: number;
      readonly probes: readonly Probe<OffsetEntry>[];
      readonly found: Probe<OffsetEntry> | null;
    } & Cost)
  | ({
      readonly step: "scan";
      readonly file: string;
      readonly fromPosition: number;
      readonly batches: readonly ScannedBatch[];
      readonly scanned: number;
    } & Cost)
  | ({ readonly step: "record"; readonly batch: FoundBatch; readonly record: FoundInBatch } & Cost);

interface ScannedBatch {
  readonly position: number;
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly sizeBytes: number;
}

/** The batch that holds the record: its bytes, for whoever describes it. */
export interface FoundBatch {
  readonly file: string;
  readonly position: number;
  readonly bytes: Buffer;
}

export interface Location {
  readonly steps: readonly Step[];
  readonly record: FoundInBatch | null;
  /** The target lies before the first segment. */
  readonly beforeStart: boolean;
  readonly damage: readonly Damage[];
  readonly bytesRead: number;
  readonly tookMicros: number;
}

const MAX_SHOWN = 20;
/** A batch of a broker's default limit is 1 MiB; one this large is not read for a look-up. */
const MAX_BATCH_BYTES = 64 * 1024 * 1024;
/** Where an index is missing, a whole segment may have to be walked: it stops somewhere. */
const MAX_HOPS = 200_000;

/**
 * Finds a record in a partition's files as the broker does: the segment by its name (by timestamp: by the largest timestamp in
 * it), binary search in the index, then from batch to batch. What is told is what was read.
 * @throws {FenceError} when the directory can't be read at all; the signal's reason
 */
export async function locate(
  directory: PartitionDirectory,
  target: Target,
  readBatch: ReadBatch,
  signal: AbortSignal,
): Promise<Location> {
  return new LookUp(directory, target, readBatch, signal).run();
}

class LookUp {
  readonly #directory: PartitionDirectory;
  readonly #target: Target;
  readonly #readBatch: ReadBatch;
  readonly #signal: AbortSignal;
  readonly #steps: Step[] = [];
  readonly #damage: Damage[] = [];
  readonly #began = performance.now();
  #bytesRead = 0;

  constructor(directory: PartitionDirectory, target: Target, readBatch: ReadBatch, signal: AbortSignal) {
    this.#directory = directory;
    this.#target = target;
    this.#readBatch = readBatch;
    this.#signal = signal;
  }

  async run(): Promise<Location> {
    const began = performance.now();
    const { segments } = await listSegmentFiles(this.#directory);
    const bases = segments.map(({ baseOffset }) => baseOffset);
    const chosen = await this.#chooseSegment(bases, began);
    if (chosen === null) return this.#end(null, "offset" in this.#target && bases[0] !== undefined);
    // A segment may end before its successor begins: then the record is the next one's first.
    for (let index = chosen; index < bases.length; index++) {
      const baseOffset = bases[index] ?? 0n;
      const from = index === chosen ? await this.#fromIndexes(baseOffset) : 0;
      const record = await this.#scan(baseOffset, from);
      if (record !== null) return this.#end(record, false);
    }
    return this.#end(null, false);
  }

  #end(record: FoundInBatch | null, beforeStart: boolean): Location {
    return {
      steps: this.#steps,
      record,
      beforeStart,
      damage: this.#damage,
      bytesRead: this.#bytesRead,
      tookMicros: micros(this.#began),
    };
  }

  async #chooseSegment(bases: readonly bigint[], began: number): Promise<number | null> {
    const looked: { baseOffset: bigint; maxTimestampMs: bigint }[] = [];
    const before = this.#bytesRead;
    const index =
      "offset" in this.#target
        ? bases.findLastIndex((base) => base <= this.#offsetTarget())
        : await this.#firstYoungEnough(bases, looked);
    const baseOffset = bases[index];
    if (baseOffset === undefined) return null;
    this.#steps.push({
      step: "segment",
      segments: bases.length,
      baseOffset,
      active: index === bases.length - 1,
      looked: looked.slice(-MAX_SHOWN),
      bytesRead: this.#bytesRead - before,
      tookMicros: micros(began),
    });
    return index;
  }

  /** As the broker does: the first one whose largest timestamp is the target's or later. The active one's tail isn't indexed yet. */
  async #firstYoungEnough(bases: readonly bigint[], looked: { baseOffset: bigint; maxTimestampMs: bigint }[]) {
    for (const [index, baseOffset] of bases.entries()) {
      this.#signal.throwIfAborted();
      if (index === bases.length - 1) return index;
      const last = await this.#withTimeIndex(baseOffset, (times) => times.last());
      if (last === null) continue;
      looked.push({ baseOffset, maxTimestampMs: last.timestampMs });
      if (last.timestampMs >= this.#timestampTarget()) return index;
    }
    return -1;
  }

  /** Where the scan begins. */
  async #fromIndexes(baseOffset: bigint): Promise<number> {
    const atOrBefore = "offset" in this.#target ? this.#target.offset : await this.#offsetOfTime(baseOffset);
    if (atOrBefore === null) return 0;
    const began = performance.now();
    const before = this.#bytesRead;
    const looked = await this.#withIndex(
      segmentFileName(baseOffset, "index"),
      () => openOffsetIndex(this.#directory, baseOffset),
      async (index) => ({ lookup: await index.lookUp(({ offset }) => offset > atOrBefore), entries: index.entries }),
    );
    if (looked === null) return 0;
    this.#steps.push({
      step: "offset-index",
      file: segmentFileName(baseOffset, "index"),
      entries: looked.entries,
      probes: looked.lookup.probes,
      found: looked.lookup.found,
      bytesRead: this.#bytesRead - before,
      tookMicros: micros(began),
    });
    return looked.lookup.found?.entry.position ?? 0;
  }

  async #offsetOfTime(baseOffset: bigint): Promise<bigint | null> {
    const began = performance.now();
    const before = this.#bytesRead;
    const looked = await this.#withTimeIndex(
      baseOffset,
      async (index): Promise<[Lookup<TimeEntry>, number]> => [
        await index.lookUp(({ timestampMs }) => timestampMs >= this.#timestampTarget()),
        index.entries,
      ],
    );
    if (looked === null) return null;
    const [lookup, entries] = looked;
    this.#steps.push({
      step: "time-index",
      file: segmentFileName(baseOffset, "timeindex"),
      entries,
      probes: lookup.probes,
      found: lookup.found,
      bytesRead: this.#bytesRead - before,
      tookMicros: micros(began),
    });
    return lookup.found?.entry.offset ?? null;
  }

  #withTimeIndex<T>(baseOffset: bigint, use: (index: SparseIndex<TimeEntry>) => Promise<T>): Promise<T | null> {
    const file = segmentFileName(baseOffset, "timeindex");
    return this.#withIndex(file, () => openTimeIndex(this.#directory, baseOffset), use);
  }

  /** Null, and told as damage, when the index can't be read: the scan then begins at the segment's first byte. */
  async #withIndex<Entry, T>(
    file: string,
    open: () => Promise<SparseIndex<Entry>>,
    use: (index: SparseIndex<Entry>) => Promise<T>,
  ): Promise<T | null> {
    let index: SparseIndex<Entry> | null = null;
    try {
      index = await open();
      return await use(index);
    } catch (error) {
      this.#damage.push(unreadableFile(file, error));
      return null;
    } finally {
      this.#bytesRead += index?.file.bytesRead ?? 0;
      await index?.file.close();
    }
  }

  async #scan(baseOffset: bigint, from: number): Promise<FoundInBatch | null> {
    const name = segmentFileName(baseOffset, "log");
    let log: SegmentFile;
    try {
      log = await this.#directory.openFile(name);
    } catch (error) {
      this.#damage.push(unreadableFile(name, error));
      return null;
    }
    try {
      return await this.#scanLog(log, from <= log.sizeBytes ? from : 0);
    } finally {
      this.#bytesRead += log.bytesRead;
      await log.close();
    }
  }

  async #scanLog(log: SegmentFile, from: number): Promise<FoundInBatch | null> {
    const began = performance.now();
    const batches: ScannedBatch[] = [];
    let scanned = 0;
    const scan = (bytesRead: number): Step => ({
      step: "scan",
      file: log.name,
      fromPosition: from,
      batches,
      scanned,
      bytesRead,
      tookMicros: micros(began),
    });
    for await (const stored of walkHeaders(log, from)) {
      this.#signal.throwIfAborted();
      if (stored.kind === "end") {
        if (stored.why !== "whole") this.#damage.push(brokenEnd(log, stored.position, stored.why));
        break;
      }
      if (stored.kind === "old") {
        this.#damage.push(oldFormat(log.name, stored.position, stored.magic));
        break;
      }
      const { baseOffset, lastOffset, sizeBytes, maxTimestamp } = stored.header;
      scanned++;
      batches.push({ position: stored.position, baseOffset, lastOffset, sizeBytes });
      if (batches.length > MAX_SHOWN) batches.shift();
      const reaches =
        "offset" in this.#target ? lastOffset >= this.#target.offset : maxTimestamp >= this.#target.timestampMs;
      if (reaches && sizeBytes <= MAX_BATCH_BYTES) {
        const found = scan(log.bytesRead);
        const opened = performance.now();
        const bytes = await log.read(stored.position, sizeBytes);
        const record = await this.#readBatch(bytes, baseOffset, this.#target);
        if (record !== null) {
          const batch = { file: log.name, position: stored.position, bytes };
          this.#steps.push(found, {
            step: "record",
            batch,
            record,
            bytesRead: bytes.length,
            tookMicros: micros(opened),
          });
          return record;
        }
      }
      if (scanned === MAX_HOPS) break;
    }
    this.#steps.push(scan(log.bytesRead));
    return null;
  }

  #offsetTarget(): bigint {
    return "offset" in this.#target ? this.#target.offset : 0n;
  }

  #timestampTarget(): bigint {
    return "timestampMs" in this.#target ? this.#target.timestampMs : 0n;
  }
}

function micros(began: number): number {
  return Math.round((performance.now() - began) * 1000);
}
