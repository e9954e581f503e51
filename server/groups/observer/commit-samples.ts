import { laterOf } from "../../reader/offset-bounds.ts";
import type { Look } from "./readable-look.ts";
import { LONGEST_GAP_MS, resizedRing, type SampleTimes, unreadFloats, widened } from "./sample-times.ts";
import type { TopicSamples } from "./topic-samples.ts";

const UNREAD = 0;
const COMMITTED = 1;
/** The position is then the log start offset: all of the partition is lag. */
const NO_COMMIT = 2;
const NOTHING = -1n;
/** The longest wait of this period and of the one before are held: of the last half to full hour. */
const WAITS_PERIOD_MS = 30 * 60_000;

/** Where a group stands in a partition. */
export interface Position {
  readonly offset: bigint;
  /** False: it never committed there, and `offset` is the log start offset. */
  readonly committed: boolean;
}

/** Who is there while commits move. */
export interface Attendance {
  /** Since when the same members have been there; null: there are none, or they aren't known. */
  readonly steadySinceMs: number | null;
  /** False where commits may have been set by an operator: that is no pace. */
  readonly consuming: boolean;
}

/** How a partition's position differs from the sample before. */
export type Movement = "none" | "forward" | "back";

/**
 * What one group committed to one topic. A position is held as its distance from the partition's first one (exact in a
 * double), beside what kind of position it is.
 */
export class CommitSamples {
  static readonly SLOT_BYTES = 9;
  static readonly FIXED_BYTES = 104;

  /** The topic as it was when these samples began: when it is deleted and made again, they begin anew. */
  readonly topic: TopicSamples;
  /** Whether some member subscribed to it when members last told their subscriptions. */
  subscribed = false;
  readonly #times: SampleTimes;
  #values: Float64Array;
  #kinds: Uint8Array;
  #base: BigInt64Array;
  #last: BigInt64Array;
  #lastKind: Uint8Array;
  #since: Float64Array;
  #movedAt: Float64Array;
  #paceSince: Float64Array;
  #waitingSince: Float64Array;
  #waitsPeriod = 0;
  #longestWait: Float64Array;
  #longestWaitBefore: Float64Array;
  /** Without a commit: the high watermark when that was first seen. What came before, `latest` would skip. */
  #firstWatermark: BigInt64Array;
  #nothingReadableTo: BigInt64Array;
  /** As looks found, all the way from the committed offset. */
  #nothingUnreadTo: BigInt64Array;
  #readableAt: BigInt64Array;

  constructor(times: SampleTimes, topic: TopicSamples) {
    this.topic = topic;
    this.#times = times;
    this.#values = unreadFloats(0);
    this.#kinds = new Uint8Array(0);
    this.#base = new BigInt64Array(0);
    this.#last = new BigInt64Array(0);
    this.#lastKind = new Uint8Array(0);
    this.#since = unreadFloats(0);
    this.#movedAt = unreadFloats(0);
    this.#paceSince = unreadFloats(0);
    this.#waitingSince = unreadFloats(0);
    this.#longestWait = new Float64Array(0);
    this.#longestWaitBefore = new Float64Array(0);
    this.#firstWatermark = new BigInt64Array(0);
    this.#nothingReadableTo = new BigInt64Array(0);
    this.#nothingUnreadTo = new BigInt64Array(0);
    this.#readableAt = new BigInt64Array(0);
  }

  get partitionCount(): number {
    return this.#base.length;
  }

  /** Before the positions of a sample: those that aren't recorded then were not read. */
  begin(sample: number, partitionCount: number): void {
    this.#widen(partitionCount);
    const { depth } = this.#times;
    for (let slot = this.#times.slot(sample); slot < this.#kinds.length; slot += depth) this.#kinds[slot] = UNREAD;
  }

  record(
    sample: number,
    atMs: number,
    partition: number,
    position: Position,
    highWatermark: bigint | null,
    { steadySinceMs, consuming }: Attendance,
  ): Movement {
    if (partition >= this.partitionCount) return "none";
    const slot = partition * this.#times.depth + this.#times.slot(sample);
    const kind = position.committed ? COMMITTED : NO_COMMIT;
    const first = this.#lastKind[partition] === UNREAD;
    if (first) {
      this.#base[partition] = position.offset;
      this.#since[partition] = atMs;
    }
    const before = { kind: this.#lastKind[partition], offset: this.#last[partition] ?? 0n };
    const movement = first ? "none" : movementOf(before, { kind, offset: position.offset });
    const moved = movement !== "none";
    if (first || moved) this.#forgetLooks(partition);
    if (moved) this.#movedAt[partition] = atMs;
    if (movement === "forward" && !consuming) this.#paceSince[partition] = sample;
    if (kind === NO_COMMIT && (first || moved)) this.#firstWatermark[partition] = highWatermark ?? position.offset;
    this.#last[partition] = position.offset;
    this.#lastKind[partition] = kind;
    this.#store(slot, partition, position.offset, kind);
    if (highWatermark !== null) {
      if (!first && this.#followsGap(sample, atMs, partition)) this.#waitingSince[partition] = Number.NaN;
      if (movement === "forward" && steadySinceMs !== null) this.#noteWait(partition, steadySinceMs, atMs);
      this.#noteWaiting(partition, highWatermark, moved, atMs);
    }
    return movement;
  }

  /** What a look found behind `committed`, or behind the log start where that is further. */
  noteLook(partition: number, committed: bigint, { readable, from, to }: Look, atMs: number): void {
    if (this.#lastKind[partition] !== COMMITTED || this.#last[partition] !== committed) return;
    const unreadTo = laterOf(committed, this.#nothingUnreadTo[partition] ?? NOTHING);
    if (from <= unreadTo) this.#nothingUnreadTo[partition] = laterOf(unreadTo, to);
    if (readable) {
      this.#readableAt[partition] = to;
      return;
    }
    this.#nothingReadableTo[partition] = to;
    if (!Number.isNaN(this.#waitingSince[partition] ?? Number.NaN)) this.#waitingSince[partition] = atMs;
  }

  position(sample: number, partition: number): Position | null {
    if (partition >= this.partitionCount || sample < this.#times.oldest || sample > this.#times.newest) return null;
    const slot = partition * this.#times.depth + this.#times.slot(sample);
    const kind = this.#kinds[slot];
    if (kind === undefined || kind === UNREAD) return null;
    const offset = (this.#base[partition] ?? 0n) + BigInt(this.#values[slot] ?? 0);
    return { offset, committed: kind === COMMITTED };
  }

  /** Whether what was committed is anywhere below what was before, from one sample to another. */
  wentBack(partition: number, first: number, last: number): boolean {
    const from = partition * this.#times.depth;
    let before = Number.NEGATIVE_INFINITY;
    for (let sample = first; sample <= last; sample++) {
      const slot = from + this.#times.slot(sample);
      const value = this.#values[slot] ?? Number.NaN;
      // Distances from the same base: with another one, samples from before it are unread.
      if (this.#kinds[slot] !== COMMITTED) continue;
      if (value < before) return true;
      before = value;
    }
    return false;
  }

  /** Null: it was never read. */
  sinceMs(partition: number): number | null {
    return numberOrNull(this.#since[partition]);
  }

  /** Null: no commit, or never read. */
  newestCommitted(partition: number): bigint | null {
    return this.#lastKind[partition] === COMMITTED ? (this.#last[partition] ?? null) : null;
  }

  lastMovedMs(partition: number): number | null {
    return numberOrNull(this.#movedAt[partition]);
  }

  /** The sample from which on commits tell a pace: what moved them before was not, or may not have been, a consumer. */
  paceSince(partition: number): number {
    return numberOrNull(this.#paceSince[partition]) ?? 0;
  }

  waitingSinceMs(partition: number): number | null {
    return numberOrNull(this.#waitingSince[partition]);
  }

  /** How long messages waited for the next commit at most, lately, while the members stayed; null: that was not seen. */
  longestWaitMs(partition: number): number | null {
    const longest = Math.max(this.#longestWait[partition] ?? 0, this.#longestWaitBefore[partition] ?? 0);
    return longest === 0 ? null : longest;
  }

  nothingReadableTo(partition: number): bigint | null {
    return offsetOrNull(this.#nothingReadableTo[partition]);
  }

  nothingUnreadTo(partition: number): bigint | null {
    return offsetOrNull(this.#nothingUnreadTo[partition]);
  }

  readableAt(partition: number): bigint | null {
    return offsetOrNull(this.#readableAt[partition]);
  }

  /** The newest position that was read, and since when messages wait behind it. */
  waiting(partition: number): { readonly committed: bigint; readonly from: bigint; readonly sinceMs: number } | null {
    const sinceMs = this.waitingSinceMs(partition);
    if (sinceMs === null || this.#lastKind[partition] !== COMMITTED) return null;
    const committed = this.#last[partition] ?? 0n;
    return { committed, from: laterOf(committed, this.topic.logStartOffset(partition)), sinceMs };
  }

  resize(oldDepth: number, depth: number): void {
    const { newest } = this.#times;
    this.#values = resizedRing(this.#values, this.partitionCount, oldDepth, depth, newest, unreadFloats);
    this.#kinds = resizedRing(this.#kinds, this.partitionCount, oldDepth, depth, newest, (n) => new Uint8Array(n));
  }

  #store(slot: number, partition: number, offset: bigint, kind: number): void {
    let distance = Number(offset - (this.#base[partition] ?? 0n));
    // What a double doesn't hold exactly begins anew, with itself as the base.
    if (!Number.isSafeInteger(distance)) {
      const { depth } = this.#times;
      this.#kinds.fill(UNREAD, partition * depth, (partition + 1) * depth);
      this.#base[partition] = offset;
      distance = 0;
    }
    this.#values[slot] = distance;
    this.#kinds[slot] = kind;
  }

  /** Whether it is longer than a few steps ago that both the position and the high watermark were read. */
  #followsGap(sample: number, atMs: number, partition: number): boolean {
    for (let before = sample - 1; before >= this.#times.oldest; before--) {
      if (atMs - this.#times.at(before) > LONGEST_GAP_MS) return true;
      const read = this.position(before, partition) !== null && this.topic.highWatermark(before, partition) !== null;
      if (read) return false;
    }
    return true;
  }

  #noteWait(partition: number, steadySinceMs: number, atMs: number): void {
    const period = Math.floor(atMs / WAITS_PERIOD_MS);
    if (period !== this.#waitsPeriod) {
      const spent = period === this.#waitsPeriod + 1 ? this.#longestWait : null;
      this.#longestWaitBefore = spent ?? new Float64Array(this.partitionCount);
      this.#longestWait = new Float64Array(this.partitionCount);
      this.#waitsPeriod = period;
    }
    const sinceMs = this.#waitingSince[partition] ?? Number.NaN;
    // What a rebalance or a restart brought to an end says nothing of how often the group commits.
    if (!(sinceMs >= steadySinceMs)) return;
    this.#longestWait[partition] = Math.max(this.#longestWait[partition] ?? 0, atMs - sinceMs);
  }

  #noteWaiting(partition: number, highWatermark: bigint, moved: boolean, atMs: number): void {
    const committed = this.#lastKind[partition] === COMMITTED;
    // Messages were lost, or the topic was made again: what there is now is what a group finds.
    if (highWatermark < (this.#firstWatermark[partition] ?? 0n)) this.#firstWatermark[partition] = highWatermark;
    const position = (committed ? this.#last[partition] : this.#firstWatermark[partition]) ?? 0n;
    // What was deleted nobody can read: a reader goes on at the log start.
    const from = laterOf(position, this.topic.logStartOffset(partition));
    const readable = highWatermark > from && highWatermark > (this.#nothingReadableTo[partition] ?? NOTHING);
    if (!readable) this.#waitingSince[partition] = Number.NaN;
    else if (moved || Number.isNaN(this.#waitingSince[partition] ?? Number.NaN)) this.#waitingSince[partition] = atMs;
  }

  #forgetLooks(partition: number): void {
    this.#nothingReadableTo[partition] = NOTHING;
    this.#nothingUnreadTo[partition] = NOTHING;
    this.#readableAt[partition] = NOTHING;
  }

  #widen(count: number): void {
    if (count <= this.partitionCount) return;
    const { depth } = this.#times;
    const bigints = (length: number) => new BigInt64Array(length);
    const nothing = (length: number) => bigints(length).fill(NOTHING);
    const bytes = (length: number) => new Uint8Array(length);
    this.#values = widened(this.#values, count * depth, unreadFloats);
    this.#kinds = widened(this.#kinds, count * depth, bytes);
    this.#last = widened(this.#last, count, bigints);
    this.#lastKind = widened(this.#lastKind, count, bytes);
    this.#since = widened(this.#since, count, unreadFloats);
    this.#movedAt = widened(this.#movedAt, count, unreadFloats);
    this.#paceSince = widened(this.#paceSince, count, unreadFloats);
    this.#waitingSince = widened(this.#waitingSince, count, unreadFloats);
    const none = (length: number) => new Float64Array(length);
    this.#longestWait = widened(this.#longestWait, count, none);
    this.#longestWaitBefore = widened(this.#longestWaitBefore, count, none);
    this.#firstWatermark = widened(this.#firstWatermark, count, bigints);
    this.#nothingReadableTo = widened(this.#nothingReadableTo, count, nothing);
    this.#nothingUnreadTo = widened(this.#nothingUnreadTo, count, nothing);
    this.#readableAt = widened(this.#readableAt, count, nothing);
    this.#base = widened(this.#base, count, bigints);
  }
}

interface Stand {
  readonly kind: number | undefined;
  readonly offset: bigint;
}

function movementOf(before: Stand, now: Stand): Movement {
  if (before.kind !== now.kind) return now.kind === COMMITTED ? "forward" : "back";
  // Without a commit it is the log start offset that moves.
  if (now.kind === NO_COMMIT || before.offset === now.offset) return "none";
  return now.offset > before.offset ? "forward" : "back";
}

function offsetOrNull(value: bigint | undefined): bigint | null {
  return value === undefined || value === NOTHING ? null : value;
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
