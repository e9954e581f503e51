import type { SegmentFile } from "./segment-file.ts";

/** How entries of one kind of index lie in the file. */
export interface IndexFormat<Entry> {
  readonly entryBytes: number;
  readonly read: (bytes: Buffer, at: number, baseOffset: bigint) => Entry;
}

/** An entry that a binary search looked at, and on which side of the target it lies. */
export interface Probe<Entry> {
  readonly number: number;
  readonly entry: Entry;
  readonly before: boolean;
}

export interface Lookup<Entry> {
  readonly probes: readonly Probe<Entry>[];
  /** The largest entry at or before the target; null when all are after it, or there is none. */
  readonly found: Probe<Entry> | null;
}

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

  /** Kafka's own binary search, one entry read for each probe. @param isAfter true for entries beyond the target */
  async lookUp(isAfter: (entry: Entry) => boolean): Promise<Lookup<Entry>> {
    const probes: Probe<Entry>[] = [];
    let found: Probe<Entry> | null = null;
    let low = 0;
    let high = this.entries - 1;
    while (low <= high) {
      const number = (low + high + 1) >>> 1;
      const entry = await this.at(number);
      if (entry === null) break;
      const probe = { number, entry, before: !isAfter(entry) };
      probes.push(probe);
      if (probe.before) {
        found = probe;
        low = number + 1;
      } else high = number - 1;
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
