import {
  BATCH_HEADER_BYTES,
  BATCH_PREFIX_BYTES,
  isControl,
  readBatchHeader,
  readMagic,
} from "../reader/record-batch.ts";
import { batchProblems } from "./check-batch.ts";
import { OffsetIndexCheck } from "./check-offset-index.ts";
import { TimeIndexCheck } from "./check-time-index.ts";
import type { Damage } from "./damage.ts";
import { emptiedIndexes } from "./open-index.ts";
import { type OpenedSegment, openSegment, type SegmentPlace } from "./open-segment.ts";
import { FenceError, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";
import type { OffsetEntry, SparseIndex } from "./sparse-index.ts";
import { headerAt } from "./walk-headers.ts";
import { beginsAt, brokenAt, isTail, oldFormat } from "./walk-segment.ts";

/** What was checked of a segment. */
export interface VerifiedSegment {
  /** Of the log. */
  readonly bytes: number;
  readonly batches: number;
  /** Data records, as the headers claim. */
  readonly records: bigint;
  /** Of both indexes. */
  readonly indexEntries: number;
  /** Of the last batch; what was given where there is none. */
  readonly lastOffset: bigint;
}

export interface Verification {
  /** Of the segment before; what the first batch must be beyond. */
  readonly lastOffset: bigint;
  /** The next segment's base offset; null for the last one. */
  readonly endsBefore: bigint | null;
  readonly onDamage: (damage: Damage) => void;
  /** What was checked so far. Waited for: the pace of reading is the caller's. */
  readonly onProgress: (soFar: VerifiedSegment) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Read at once, and again from the start of the batch that didn't fit. */
const CHUNK_BYTES = 4 * 1024 * 1024;
/** A batch is no longer than this; what claims to be isn't one. */
const MAX_BATCH_BYTES = 256 * 1024 * 1024;
const KNOWN_MAGIC = 2;

/**
 * Reads all of a segment: every checksum, offsets that only grow, and each entry of its indexes against the batches. Beyond a
 * place that can't be read it goes on where the index says that a batch begins.
 * @throws {FenceError} when the log can't be opened; vanished, also when the broker cuts it meanwhile; the signal's reason;
 * what `onProgress` throws
 */
export async function verifySegment(
  directory: PartitionDirectory,
  place: SegmentPlace,
  verification: Verification,
): Promise<VerifiedSegment> {
  const segment = await openSegment(directory, place);
  try {
    segment.damage.forEach(verification.onDamage);
    const offsets = await readEntries(segment.offsets, verification.onDamage, (entry, before) =>
      entry.offset > before.offset && entry.position > before.position
        ? null
        : `offset ${entry.offset} at byte ${entry.position}, after offset ${before.offset} at byte ${before.position}`,
    );
    const times = await readEntries(segment.times, verification.onDamage, (entry, before) =>
      entry.timestampMs > before.timestampMs && entry.offset >= before.offset
        ? null
        : `${entry.timestampMs} at offset ${entry.offset}, after ${before.timestampMs} at offset ${before.offset}`,
    );
    return await new Check(segment, offsets, times, verification).run();
  } finally {
    await segment.close();
  }
}

/** At most 1.3 million (`segment.index.bytes` of 10 MiB): they are held, and dropped with the segment. */
async function readEntries<Entry>(
  index: SparseIndex<Entry> | null,
  onDamage: (damage: Damage) => void,
  disorder: (entry: Entry, before: Entry) => string | null,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  if (index === null) return entries;
  for await (const stretch of index.stretches()) {
    for (const entry of stretch) {
      const before = entries.at(-1);
      const why = before === undefined ? null : disorder(entry, before);
      if (why !== null) {
        onDamage({
          file: index.file.name,
          position: entries.length * index.entryBytes,
          kind: "index-order",
          detail: `Entry ${entries.length} isn't beyond the one before: ${why}. The entries from there on weren't checked.`,
        });
        return entries;
      }
      entries.push(entry);
    }
  }
  return entries;
}

/** What follows the batches of a chunk. */
type After =
  | { readonly kind: "more"; readonly needed: number }
  | { readonly kind: "broken"; readonly why: "not-a-batch" | "zeros" }
  /** A batch that isn't what was written reaches beyond where the index says that the next one begins: `entry`. */
  | { readonly kind: "doubtful"; readonly entry: OffsetEntry }
  | { readonly kind: "old" };

class Check {
  readonly #segment: OpenedSegment;
  readonly #verification: Verification;
  readonly #offsets: OffsetIndexCheck;
  readonly #times: TimeIndexCheck;
  readonly #indexEntries: number;
  #found: Damage[] = [];
  #lastOffset: bigint;
  #batches = 0;
  #records = 0n;
  #firstMaxTimestamp: bigint | null = null;

  constructor(
    segment: OpenedSegment,
    offsets: ConstructorParameters<typeof OffsetIndexCheck>[2],
    times: ConstructorParameters<typeof TimeIndexCheck>[2],
    verification: Verification,
  ) {
    const found = (damage: Damage) => this.#found.push(damage);
    this.#segment = segment;
    const index = segmentFileName(segment.baseOffset, "index");
    const timeIndex = segmentFileName(segment.baseOffset, "timeindex");
    this.#offsets = new OffsetIndexCheck(index, segment.offsets?.entryBytes ?? 0, offsets, found);
    this.#times = new TimeIndexCheck(timeIndex, segment.times?.entryBytes ?? 0, times, found);
    this.#indexEntries = offsets.length + times.length;
    this.#verification = verification;
    this.#lastOffset = verification.lastOffset;
  }

  async run(): Promise<VerifiedSegment> {
    const { log, offsets, times, active } = this.#segment;
    const whole = await this.#readLog();
    if (whole) {
      this.#offsets.end(log.sizeBytes);
      this.#times.end(this.#lastOffset);
      this.#found.push(...emptiedIndexes(offsets, times, !active, this.#firstMaxTimestamp));
    }
    await this.#tell();
    return this.#soFar(log.sizeBytes);
  }

  /** @returns false when the rest couldn't be read */
  async #readLog(): Promise<boolean> {
    const { log } = this.#segment;
    let chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, log.sizeBytes)));
    let position = 0;
    while (position < log.sizeBytes) {
      this.#verification.signal.throwIfAborted();
      const wanted = Math.min(chunk.length, log.sizeBytes - position);
      const read = await log.readInto(chunk.subarray(0, wanted), position);
      const { bytes, after } = this.#takeBatches(chunk.subarray(0, read), position);
      const last = position;
      position += bytes;
      if (after.kind === "old") return false;
      if (after.kind === "doubtful") {
        if (!(await this.#lengthIsRight(position)) && (await beginsAt(log, after.entry)))
          position = after.entry.position;
      } else if (
        after.kind === "broken" ||
        (bytes === 0 && (read < wanted || after.needed > log.sizeBytes - position))
      ) {
        const next = await this.#goOnAfter(position, after.kind === "broken" ? after.why : "truncated");
        if (next === null) return false;
        position = next;
      } else if (bytes === 0) {
        chunk = Buffer.allocUnsafe(after.needed);
        continue;
      }
      await this.#tell();
      if (position > last) await this.#verification.onProgress(this.#soFar(position));
    }
    return true;
  }

  #soFar(bytes: number): VerifiedSegment {
    return {
      bytes,
      batches: this.#batches,
      records: this.#records,
      indexEntries: this.#indexEntries,
      lastOffset: this.#lastOffset,
    };
  }

  /** @throws {FenceError} vanished: a log that was cut meanwhile tells nothing about damage */
  async #tell(): Promise<void> {
    if (this.#found.length === 0) return;
    const { log } = this.#segment;
    if (await log.hasShrunk()) throw new FenceError("vanished", `${log.name} was cut by the broker.`);
    for (const damage of this.#found) this.#verification.onDamage(damage);
    this.#found = [];
  }

  /** All whole batches of a chunk, and what comes then. */
  #takeBatches(bytes: Buffer, start: number): { bytes: number; after: After } {
    let at = 0;
    while (at + BATCH_HEADER_BYTES <= bytes.length) {
      const sizeBytes = BATCH_PREFIX_BYTES + bytes.readInt32BE(at + 8);
      const magic = readMagic(bytes, at);
      if (magic >= 0 && magic < KNOWN_MAGIC && sizeBytes > BATCH_PREFIX_BYTES) {
        this.#found.push(oldFormat(this.#segment.log.name, start + at, magic));
        return { bytes: at, after: { kind: "old" } };
      }
      if (magic !== KNOWN_MAGIC || sizeBytes < BATCH_HEADER_BYTES || sizeBytes > MAX_BATCH_BYTES) {
        const zeros = bytes.subarray(at, at + BATCH_HEADER_BYTES).every((byte) => byte === 0);
        return { bytes: at, after: { kind: "broken", why: zeros ? "zeros" : "not-a-batch" } };
      }
      if (at + sizeBytes > bytes.length) return { bytes: at, after: { kind: "more", needed: sizeBytes } };
      const sound = this.#checkBatch(bytes.subarray(at, at + sizeBytes), start + at);
      const [next] = sound ? [] : this.#offsets.after(start + at);
      if (next !== undefined && next.position < start + at + sizeBytes) {
        return { bytes: at + sizeBytes, after: { kind: "doubtful", entry: next } };
      }
      at += sizeBytes;
    }
    return { bytes: at, after: { kind: "more", needed: BATCH_HEADER_BYTES } };
  }

  /** @returns false when its checksum is wrong */
  #checkBatch(bytes: Buffer, position: number): boolean {
    const { log, baseOffset } = this.#segment;
    const header = readBatchHeader(bytes, 0);
    const problems = batchProblems(log.name, position, header, bytes);
    this.#found.push(...problems);
    const misplaced = this.#misplaced(header.baseOffset, header.lastOffset);
    if (misplaced !== null) {
      this.#found.push({
        file: log.name,
        position,
        kind: "offset-order",
        detail: `The batch at byte ${position} begins at offset ${header.baseOffset} and ends with ${header.lastOffset}, ${misplaced}.`,
      });
    } else {
      if (header.lastOffset > this.#lastOffset) this.#lastOffset = header.lastOffset;
      this.#firstMaxTimestamp ??= header.maxTimestamp;
    }
    this.#batches++;
    if (!isControl(header.attributes)) {
      this.#records += BigInt(Math.max(0, Math.min(header.records, header.lastOffsetDelta + 1)));
    }
    const sound = problems.length === 0;
    if (sound && misplaced === null && header.baseOffset >= baseOffset) {
      this.#offsets.take(position, header);
      this.#times.take(header);
    } else {
      // What this batch's offsets and timestamps are isn't known, nor whether entries for it are right.
      this.#offsets.skip(position + 1);
      this.#times.skip();
    }
    return sound;
  }

  #misplaced(first: bigint, last: bigint): string | null {
    const { baseOffset } = this.#segment;
    const { endsBefore } = this.#verification;
    if (first < baseOffset) return `though the segment begins at ${baseOffset}`;
    if (first <= this.#lastOffset) return `though offset ${this.#lastOffset} came before it`;
    if (endsBefore !== null && last >= endsBefore) return `though the next segment begins at ${endsBefore}`;
    return null;
  }

  /** A batch that is wrong otherwise has the right length when another one, or the log's end, follows it. */
  async #lengthIsRight(endsAt: number): Promise<boolean> {
    const { log } = this.#segment;
    return endsAt === log.sizeBytes || (await headerAt(log, endsAt)) !== null;
  }

  /** Where it goes on beyond what can't be read; null: nowhere. */
  async #goOnAfter(position: number, why: "truncated" | "not-a-batch" | "zeros"): Promise<number | null> {
    const { log } = this.#segment;
    let resumesAt: number | null = null;
    for (const entry of this.#offsets.after(position)) {
      if (entry.position >= log.sizeBytes) break;
      if (!(await beginsAt(log, entry))) continue;
      resumesAt = entry.position;
      break;
    }
    if (resumesAt === null && isTail(this.#segment, why)) return null;
    this.#found.push(brokenAt(log, position, why, resumesAt));
    if (resumesAt !== null) {
      this.#offsets.skip(resumesAt);
      this.#times.skip();
    }
    return resumesAt;
  }
}
