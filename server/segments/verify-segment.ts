import {
  BATCH_HEADER_BYTES,
  BATCH_PREFIX_BYTES,
  isControl,
  readBatchHeader,
  readMagic,
} from "../reader/record-batch.ts";
import { batchProblems } from "./check-batch.ts";
import { type Damage, unreadableFile } from "./damage.ts";
import { brokenEnd, oldFormat } from "./describe-segment.ts";
import { lengthDamage, openOffsetIndex, openTimeIndex } from "./open-index.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import type { SegmentFile } from "./segment-file.ts";
import { segmentFileName } from "./segment-names.ts";
import type { OffsetEntry } from "./sparse-index.ts";

export interface VerifiedSegment {
  readonly bytes: number;
  readonly batches: number;
  readonly records: bigint;
  readonly indexEntries: number;
  /** Of the last batch; what was given where there is none. */
  readonly lastOffset: bigint;
}

export interface Verification {
  /** Of the segment before; what the first batch must be beyond. */
  readonly lastOffset: bigint;
  readonly onDamage: (damage: Damage) => void;
  /** Bytes of the log that were checked since the last time. Waits: the pace of reading is the caller's. */
  readonly onBytes: (bytes: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Read at once, and again from the start of the batch that didn't fit. */
const CHUNK_BYTES = 4 * 1024 * 1024;
/** A batch is no longer than this; what claims to be isn't one. */
const MAX_BATCH_BYTES = 256 * 1024 * 1024;
const KNOWN_MAGIC = 2;

/**
 * Reads all of a segment: every checksum, offsets that only grow, and each entry of the offset index against the batch that
 * begins where it points. Both are walked once, side by side, as both only grow.
 * @throws {FenceError} when the log can't be opened; the signal's reason; what `onBytes` throws
 */
export async function verifySegment(
  directory: PartitionDirectory,
  { baseOffset, active }: { readonly baseOffset: bigint; readonly active: boolean },
  verification: Verification,
): Promise<VerifiedSegment> {
  const log = await directory.openFile(segmentFileName(baseOffset, "log"));
  try {
    const entries = await readEntries(directory, baseOffset, active, verification.onDamage);
    const check = new Check(log, baseOffset, active, entries, verification);
    const verified = await check.run();
    await checkTimeIndex(directory, baseOffset, active, verification.onDamage);
    return verified;
  } finally {
    await log.close();
  }
}

/** At most 1.3 million of them (`segment.index.bytes` of 10 MiB): they are held, and dropped with the segment. */
async function readEntries(
  directory: PartitionDirectory,
  baseOffset: bigint,
  active: boolean,
  onDamage: (damage: Damage) => void,
): Promise<readonly OffsetEntry[]> {
  const name = segmentFileName(baseOffset, "index");
  try {
    const index = await openOffsetIndex(directory, baseOffset);
    try {
      lengthDamage(index, !active).forEach(onDamage);
      const entries: OffsetEntry[] = [];
      for await (const { number, entry } of index.all()) {
        const before = entries.at(-1);
        if (before !== undefined && (entry.offset <= before.offset || entry.position <= before.position)) {
          onDamage({
            file: name,
            position: number * 8,
            kind: "index-order",
            detail: `Entry ${number} (offset ${entry.offset} at byte ${entry.position}) isn't beyond the one before (offset ${before.offset} at byte ${before.position}).`,
          });
          break;
        }
        entries.push(entry);
      }
      return entries;
    } finally {
      await index.file.close();
    }
  } catch (error) {
    onDamage(unreadableFile(name, error));
    return [];
  }
}

async function checkTimeIndex(
  directory: PartitionDirectory,
  baseOffset: bigint,
  active: boolean,
  onDamage: (damage: Damage) => void,
): Promise<void> {
  const name = segmentFileName(baseOffset, "timeindex");
  try {
    const index = await openTimeIndex(directory, baseOffset);
    try {
      lengthDamage(index, !active).forEach(onDamage);
      let before: { timestampMs: bigint; offset: bigint } | null = null;
      for await (const { number, entry } of index.all()) {
        if (before !== null && (entry.timestampMs <= before.timestampMs || entry.offset < before.offset)) {
          onDamage({
            file: name,
            position: number * 12,
            kind: "index-order",
            detail: `Entry ${number} (${entry.timestampMs} at offset ${entry.offset}) isn't beyond the one before (${before.timestampMs} at offset ${before.offset}).`,
          });
          return;
        }
        before = entry;
      }
    } finally {
      await index.file.close();
    }
  } catch (error) {
    onDamage(unreadableFile(name, error));
  }
}

class Check {
  readonly #log: SegmentFile;
  readonly #baseOffset: bigint;
  readonly #active: boolean;
  readonly #entries: readonly OffsetEntry[];
  readonly #verification: Verification;
  #nextEntry = 0;
  #lastOffset: bigint;
  #batches = 0;
  #records = 0n;

  constructor(
    log: SegmentFile,
    baseOffset: bigint,
    active: boolean,
    entries: readonly OffsetEntry[],
    verification: Verification,
  ) {
    this.#log = log;
    this.#baseOffset = baseOffset;
    this.#active = active;
    this.#entries = entries;
    this.#verification = verification;
    this.#lastOffset = verification.lastOffset;
  }

  async run(): Promise<VerifiedSegment> {
    const position = await this.#readLog();
    this.#checkEntriesBefore(Number.POSITIVE_INFINITY);
    return {
      bytes: position,
      batches: this.#batches,
      records: this.#records,
      indexEntries: this.#entries.length,
      lastOffset: this.#lastOffset,
    };
  }

  /** @returns how far batches reach */
  async #readLog(): Promise<number> {
    const { signal, onBytes } = this.#verification;
    let chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, this.#log.sizeBytes)));
    let position = 0;
    while (position < this.#log.sizeBytes) {
      signal.throwIfAborted();
      const wanted = Math.min(chunk.length, this.#log.sizeBytes - position);
      const read = await this.#log.readInto(chunk.subarray(0, wanted), position);
      const bytes = chunk.subarray(0, read);
      const taken = this.#takeBatches(bytes, position);
      position += taken.bytes;
      await onBytes(taken.bytes);
      if (taken.stopped) return position;
      if (taken.bytes > 0) continue;
      const needed = taken.needed ?? Number.POSITIVE_INFINITY;
      if (read < wanted || needed > this.#log.sizeBytes - position) {
        this.#broken(position, "truncated");
        return position;
      }
      chunk = Buffer.allocUnsafe(needed);
    }
    return position;
  }

  /** All whole batches of a chunk. `needed`: how long the first one is, when the chunk doesn't hold it. */
  #takeBatches(bytes: Buffer, start: number): { bytes: number; stopped: boolean; needed?: number } {
    let at = 0;
    while (at + BATCH_HEADER_BYTES <= bytes.length) {
      const sizeBytes = BATCH_PREFIX_BYTES + bytes.readInt32BE(at + 8);
      const magic = readMagic(bytes, at);
      if (magic >= 0 && magic < KNOWN_MAGIC && sizeBytes > BATCH_PREFIX_BYTES) {
        this.#verification.onDamage(oldFormat(this.#log.name, start + at, magic));
        return { bytes: at, stopped: true };
      }
      if (magic !== KNOWN_MAGIC || sizeBytes < BATCH_HEADER_BYTES || sizeBytes > MAX_BATCH_BYTES) {
        const zeros = bytes.subarray(at, at + BATCH_HEADER_BYTES).every((byte) => byte === 0);
        this.#broken(start + at, zeros ? "zeros" : "not-a-batch");
        return { bytes: at, stopped: true };
      }
      if (at + sizeBytes > bytes.length) return { bytes: at, stopped: false, needed: sizeBytes };
      this.#checkBatch(bytes.subarray(at, at + sizeBytes), start + at);
      at += sizeBytes;
    }
    return { bytes: at, stopped: false, needed: BATCH_HEADER_BYTES };
  }

  #checkBatch(bytes: Buffer, position: number): void {
    const { onDamage } = this.#verification;
    const header = readBatchHeader(bytes, 0);
    batchProblems(this.#log.name, position, header, bytes).forEach(onDamage);
    if (header.baseOffset <= this.#lastOffset || header.baseOffset < this.#baseOffset) {
      onDamage({
        file: this.#log.name,
        position,
        kind: "offset-order",
        detail: `The batch at byte ${position} begins at offset ${header.baseOffset}, though offset ${this.#lastOffset} came before it${header.baseOffset < this.#baseOffset ? ` and the segment begins at ${this.#baseOffset}` : ""}.`,
      });
    }
    if (header.lastOffset > this.#lastOffset) this.#lastOffset = header.lastOffset;
    this.#batches++;
    if (!isControl(header.attributes)) this.#records += BigInt(Math.max(0, header.records));
    this.#checkEntriesBefore(position);
    const entry = this.#entries[this.#nextEntry];
    if (entry?.position !== position) return;
    // Brokers before 4.0 indexed what was appended at once, several batches on a follower, by the last offset of all.
    if (entry.offset < header.lastOffset) {
      this.#wrongEntry(`the batch there ends with offset ${header.lastOffset}, beyond the entry's ${entry.offset}`);
    }
    this.#nextEntry++;
  }

  /** Those whose place has been passed: no batch began there. */
  #checkEntriesBefore(position: number): void {
    for (;;) {
      const entry = this.#entries[this.#nextEntry];
      if (entry === undefined || entry.position >= position) return;
      // The active one's last entries may belong to batches that came after the log was opened.
      if (!(this.#active && entry.position >= this.#log.sizeBytes)) this.#wrongEntry("no batch begins there");
      this.#nextEntry++;
    }
  }

  #wrongEntry(why: string): void {
    const entry = this.#entries[this.#nextEntry];
    this.#verification.onDamage({
      file: segmentFileName(this.#baseOffset, "index"),
      position: this.#nextEntry * 8,
      kind: "index-points-wrong",
      detail: `Entry ${this.#nextEntry} points to byte ${entry?.position}: ${why}.`,
    });
  }

  #broken(position: number, why: "truncated" | "not-a-batch" | "zeros"): void {
    if (this.#active && why !== "not-a-batch") return;
    this.#verification.onDamage(brokenEnd(this.#log, position, why));
  }
}
