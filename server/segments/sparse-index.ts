import type { SegmentFile } from "./segment-file.ts";

/** How entries of one kind of index lie in the file. */
export interface IndexFormat<Entry> {
  readonly entryBytes: number;
  readonly read: (bytes: Buffer, at: number, baseOffset: bigint) => Entry;
}

/**
 * What a look at an entry is to tell. warm-end: whether the target lies after the entry with which the index's last 8 KiB begin,
 * where most look-ups end and which are therefore most likely in memory. first: whether it lies before the first entry.
 * half: which half of what is left it is in.
 */
export type Look = "warm-end" | "first" | "half";

/** An entry that a search looked at, and on which side of the target it lies. */
export interface Probe<Entry> {
  readonly look: Look;
  readonly number: number;
  readonly entry: Entry;
  readonly compared: "before" | "at" | "after";
}

export interface Lookup<Entry> {
  /** In the order in which they were made. The first entry may be looked at twice. */
  readonly probes: readonly Probe<Entry>[];
  /** The entry that the search ends at, the largest one at or before the target; null when all are after it, or there is none. */
  readonly found: Probe<Entry> | null;
}

/** A broker searches the last so many bytes of an index first (AbstractIndex.warmEntries). */
const WARM_BYTES = 8_192;
/** Entries read at a time where all of them are wanted. */
const STRETCH = 8_192;

/**
 * An index of a segment: entries of one size, growing. Kafka preallocates the active segment's file (`segment.index.bytes`), so
 * what follows the last entry is zeros there; a rolled segment's is cut to its entries.
 */
export class SparseIndex<Entry> {
  readonly file: SegmentFile;
  /** Entries in use. */
  readonly entries: number;
  /** Bytes beyond the last whole entry: the file is cut short, or isn't an index. */
  readonly oddBytes: number;
  readonly entryBytes: number;
  readonly #baseOffset: bigint;
  readonly #format: IndexFormat<Entry>;

  private constructor(file: SegmentFile, format: IndexFormat<Entry>, baseOffset: bigint, entries: number) {
    this.file = file;
    this.entries = entries;
    this.oddBytes = file.sizeBytes % format.entryBytes;
    this.entryBytes = format.entryBytes;
    this.#baseOffset = baseOffset;
    this.#format = format;
  }

  /**
   * Finds the end of the entries: the last one of a rolled segment's index is in use; else by bisection, as entries grow, so
   * that once they are zeros they stay zeros.
   */
  static async open<Entry>(file: SegmentFile, format: IndexFormat<Entry>, baseOffset: bigint) {
    const whole = Math.floor(file.sizeBytes / format.entryBytes);
    const last = await file.read(Math.max(0, whole - 1) * format.entryBytes, whole === 0 ? 0 : format.entryBytes);
    let low = last.length === format.entryBytes && last.some((byte) => byte !== 0) ? whole : 0;
    let high = whole;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const bytes = await file.read(middle * format.entryBytes, format.entryBytes);
      if (bytes.length < format.entryBytes || bytes.every((byte) => byte === 0)) high = middle;
      else low = middle + 1;
    }
    return new SparseIndex(file, format, baseOffset, low);
  }

  /** Null beyond the last one, or when the file was cut meanwhile. */
  async at(number: number): Promise<Entry | null> {
    if (number < 0 || number >= this.entries) return null;
    const { entryBytes, read } = this.#format;
    const bytes = await this.file.read(number * entryBytes, entryBytes);
    return bytes.length < entryBytes ? null : read(bytes, 0, this.#baseOffset);
  }

  last(): Promise<Entry | null> {
    return this.at(this.entries - 1);
  }

  /**
   * Kafka's own search (AbstractIndex.indexSlotRangeFor and binarySearch of 4.x, largest lower bound), with the same looks at
   * the same entries in the same order: one read for each.
   * @param compare below 0 for entries before the target, above 0 for those after it
   */
  async lookUp(compare: (entry: Entry) => number): Promise<Lookup<Entry>> {
    const probes: Probe<Entry>[] = [];
    /** Null when the file was cut meanwhile: the search ends there. */
    const look = async (kind: Look, number: number): Promise<Probe<Entry> | null> => {
      const entry = await this.at(number);
      if (entry === null) return null;
      const side = compare(entry);
      const probe: Probe<Entry> = {
        look: kind,
        number,
        entry,
        compared: side < 0 ? "before" : side > 0 ? "after" : "at",
      };
      probes.push(probe);
      return probe;
    };
    const lastEntry = this.entries - 1;
    const firstWarm = Math.max(0, lastEntry - Math.floor(WARM_BYTES / this.entryBytes));
    const warm = await look("warm-end", firstWarm);
    if (warm === null) return { probes, found: null };
    const isWarm = warm.compared === "before";
    let found = isWarm ? warm : await look("first", 0);
    if (found === null || found.compared === "after") return { probes, found: null };
    let low = found.number;
    let high = isWarm ? lastEntry : firstWarm;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const probe = await look("half", middle);
      if (probe === null) break;
      if (probe.compared === "after") high = middle - 1;
      else {
        found = probe;
        low = middle;
        if (probe.compared === "at") break;
      }
    }
    return { probes, found };
  }

  /** All entries, in their order, many at a time. */
  async *stretches(): AsyncGenerator<readonly Entry[]> {
    const { entryBytes, read } = this.#format;
    for (let first = 0; first < this.entries; first += STRETCH) {
      const count = Math.min(STRETCH, this.entries - first);
      const bytes = await this.file.read(first * entryBytes, count * entryBytes);
      const whole = Math.floor(bytes.length / entryBytes);
      yield Array.from({ length: whole }, (_, number) => read(bytes, number * entryBytes, this.#baseOffset));
      if (whole < count) return;
    }
  }
}

/** For `lookUp`: an entry's key beside the target. */
export function keyOrder<Key extends bigint | number>(key: Key, target: Key): number {
  return key < target ? -1 : key > target ? 1 : 0;
}

/** Of `.index`: where a batch begins, under the offset of its last record. */
export interface OffsetEntry {
  readonly offset: bigint;
  readonly position: number;
}

/** 8 bytes: int32 offset relative to the segment's base, int32 position. */
export const offsetIndexFormat: IndexFormat<OffsetEntry> = {
  entryBytes: 8,
  read: (bytes, at, baseOffset) => ({
    offset: baseOffset + BigInt(bytes.readUInt32BE(at)),
    position: bytes.readUInt32BE(at + 4),
  }),
};

/** Of `.timeindex`: the largest timestamp up to an offset. */
export interface TimeEntry {
  readonly timestampMs: bigint;
  readonly offset: bigint;
}

/** 12 bytes: int64 timestamp, int32 offset relative to the segment's base. */
export const timeIndexFormat: IndexFormat<TimeEntry> = {
  entryBytes: 12,
  read: (bytes, at, baseOffset) => ({
    timestampMs: bytes.readBigInt64BE(at),
    offset: baseOffset + BigInt(bytes.readUInt32BE(at + 8)),
  }),
};
