import type { TopicEnds } from "../group-reading.ts";
import { resizedRing, type SampleTimes, unreadFloats, widened } from "./sample-times.ts";

/**
 * High watermarks of one topic, shared by all groups that read it. A value is the distance from the partition's first
 * watermark, which is exact in a double for longer than a partition lives; NaN where it wasn't read.
 */
export class TopicSamples {
  /** Bytes that one partition takes for each sample, and besides. */
  static readonly SLOT_BYTES = 8;
  static readonly FIXED_BYTES = 48;

  readonly topicId: string | null;
  readonly #times: SampleTimes;
  #values: Float64Array;
  #base: BigInt64Array;
  /** The sample since which the watermark has only grown. */
  #grownSince: Float64Array;
  #start: BigInt64Array;
  #stable: BigInt64Array;
  #transactionSince: Float64Array;

  constructor(times: SampleTimes, topicId: string | null) {
    this.topicId = topicId;
    this.#times = times;
    this.#values = unreadFloats(0);
    this.#base = new BigInt64Array(0);
    this.#grownSince = unreadFloats(0);
    this.#start = new BigInt64Array(0);
    this.#stable = new BigInt64Array(0);
    this.#transactionSince = unreadFloats(0);
  }

  get partitionCount(): number {
    return this.#base.length;
  }

  /** @param ends null: it wasn't read this time */
  record(sample: number, atMs: number, ends: TopicEnds | null): void {
    if (ends !== null) this.#widen(ends.highWatermarks.length);
    for (let partition = 0; partition < this.partitionCount; partition++) {
      const highWatermark = ends?.highWatermarks[partition] ?? null;
      const start = ends?.logStartOffsets[partition] ?? null;
      if (start !== null) this.#start[partition] = start;
      this.#recordOne(sample, partition, highWatermark);
      if (highWatermark === null) continue;
      this.#noteStable(partition, ends?.lastStableOffsets[partition] ?? null, highWatermark, atMs);
    }
  }

  /** Null: not read in that sample, not held any more, or before the watermark went back. */
  highWatermark(sample: number, partition: number): bigint | null {
    const value = this.distance(sample, partition);
    return Number.isNaN(value) ? null : (this.#base[partition] ?? 0n) + BigInt(value);
  }

  /** The same from the partition's own zero, which `zero` tells; NaN where there is none. */
  distance(sample: number, partition: number): number {
    if (partition >= this.partitionCount || sample < this.firstSample(partition)) return Number.NaN;
    return this.#values[partition * this.#times.depth + this.#times.slot(sample)] ?? Number.NaN;
  }

  zero(partition: number): bigint {
    return this.#base[partition] ?? 0n;
  }

  /** The first sample that says anything about the watermark as it is now. */
  firstSample(partition: number): number {
    return Math.max(this.#times.oldest, this.#grownSince[partition] ?? 0);
  }

  /** Since when the last stable offset has been below the high watermark without moving; null: it isn't, or does. */
  transactionSinceMs(partition: number): number | null {
    const since = this.#transactionSince[partition] ?? Number.NaN;
    return Number.isNaN(since) ? null : since;
  }

  /** As it was last read; 0 before. */
  logStartOffset(partition: number): bigint {
    return this.#start[partition] ?? 0n;
  }

  /** As it was last read; null: no transaction is open. */
  lastStableOffset(partition: number): bigint | null {
    return this.transactionSinceMs(partition) === null ? null : (this.#stable[partition] ?? null);
  }

  resize(oldDepth: number, depth: number): void {
    const { newest } = this.#times;
    this.#values = resizedRing(this.#values, this.partitionCount, oldDepth, depth, newest, unreadFloats);
  }

  #recordOne(sample: number, partition: number, highWatermark: bigint | null): void {
    const { depth } = this.#times;
    const slot = partition * depth + this.#times.slot(sample);
    if (highWatermark === null) {
      this.#values[slot] = Number.NaN;
      return;
    }
    if (Number.isNaN(this.#grownSince[partition] ?? Number.NaN)) {
      this.#base[partition] = highWatermark;
      this.#grownSince[partition] = sample;
    }
    let distance = Number(highWatermark - this.zero(partition));
    // One that a double doesn't hold exactly begins anew, too.
    // An unclean leader lost messages, or the topic was made again by a broker without topic ids.
    if (distance < this.#lastDistance(sample, partition) || !Number.isSafeInteger(distance)) {
      this.#values.fill(Number.NaN, partition * depth, (partition + 1) * depth);
      this.#base[partition] = highWatermark;
      this.#grownSince[partition] = sample;
      distance = 0;
    }
    this.#values[slot] = distance;
  }

  #lastDistance(sample: number, partition: number): number {
    for (let at = sample - 1; at >= this.firstSample(partition); at--) {
      const distance = this.distance(at, partition);
      if (!Number.isNaN(distance)) return distance;
    }
    return Number.NEGATIVE_INFINITY;
  }

  #noteStable(partition: number, stable: bigint | null, highWatermark: bigint, atMs: number): void {
    if (stable === null) return;
    const since = this.#transactionSince[partition] ?? Number.NaN;
    const moved = stable !== this.#stable[partition];
    this.#stable[partition] = stable;
    if (stable >= highWatermark) this.#transactionSince[partition] = Number.NaN;
    else if (moved || Number.isNaN(since)) this.#transactionSince[partition] = atMs;
  }

  #widen(count: number): void {
    if (count <= this.partitionCount) return;
    this.#values = widened(this.#values, count * this.#times.depth, unreadFloats);
    this.#grownSince = widened(this.#grownSince, count, unreadFloats);
    this.#transactionSince = widened(this.#transactionSince, count, unreadFloats);
    this.#start = widened(this.#start, count, (length) => new BigInt64Array(length));
    this.#stable = widened(this.#stable, count, (length) => new BigInt64Array(length));
    this.#base = widened(this.#base, count, (length) => new BigInt64Array(length));
  }
}
