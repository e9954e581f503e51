import type { ChangedPartition } from "#lib/contracts/changes.ts";
import { ProblemError } from "#lib/problem.ts";
import { abortProblem } from "../kafka/deadline.ts";
import { findPartition } from "../messages/find-partition.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import type { ExtractedRecord } from "../reader/extracted-record.ts";
import { earlierOf, laterOf } from "../reader/offset-bounds.ts";
import { ChangeIndex, type LoggedRecord } from "./change-index.ts";
import { joinRecords } from "./join-records.ts";
import { type LogRecord, parseLogRecord } from "./log-record.ts";
import { LOG_PARTITION, type LogChunk, type Reading, readLog } from "./read-log.ts";

/** What one look at the log may read of what is older than what was read before. */
const LOOK_BYTES = 32 * 1_048_576;
const LOOK_MS = 2_500;
/** How far back it is ever read. */
const MAX_BACK_BYTES = 256 * 1_048_576;
const MAX_BACK_RECORDS = 400_000n;
/** Kafka reads onwards only, so older records are read in stretches; they adapt to how large the records are. */
const FIRST_STRETCH = 200n;
const MAX_STRETCH = 20_000n;
const STRETCH_BYTES = 8 * 1_048_576;
/** So many new records since the last look are somebody else's flood: the newest are read anew, from the end. */
const MAX_AHEAD = 20_000n;
/** The records of one change. */
const MAX_CHANGE_BYTES = 64 * 1_048_576;

interface Position {
  readonly topicId: string;
  /** All from `floor` to before `next` has been read. */
  floor: bigint;
  next: bigint;
  logStart: bigint;
  backBytes: number;
  backRecords: bigint;
  stretch: bigint;
  /** Whether the topic begins with a change; null: not looked for. */
  beginsOurs: boolean | null;
}

/** The log as far as it has been read: at first its newest part, then whatever comes, and step by step what is older. */
export interface LogSight {
  readonly topicId: string;
  readonly index: ChangeIndex;
  /** Why older changes aren't in sight; null when all are. */
  readonly older: "not-yet" | "too-far" | null;
  /** It holds messages of which none is Tailrace's, neither among the newest nor the oldest: it is no change log. */
  readonly isForeign: boolean;
}

/** Everything of one change that only its own page shows. */
interface WholeChange {
  readonly partitions: ChangedPartition[];
  readonly before: string | null;
  readonly after: string | null;
  readonly outcome: string | null;
  /** Some records are gone, or there are too many. */
  readonly cut: boolean;
}

/** Reads the change log, one look at a time. Keeps where it was, and what the changes are, but none of their partitions. */
export class LogReader {
  readonly #ctx: Reading;
  #index = new ChangeIndex();
  #position: Position | null = null;
  #lastLook: Promise<void> = Promise.resolve();

  constructor(ctx: Reading) {
    this.#ctx = ctx;
  }

  /** What the last look saw; null when nothing has been seen, or the topic is another one since. */
  get sight(): LogSight | null {
    if (this.#position === null) return null;
    const { topicId, floor, logStart, beginsOurs } = this.#position;
    const older = floor <= logStart && !this.#index.isFull ? null : this.#isFarEnough() ? "too-far" : "not-yet";
    const allSeen = floor <= logStart || beginsOurs === false;
    const isForeign = allSeen && this.#index.size === 0 && this.#index.unreadable > 0;
    return { topicId, index: this.#index, older, isForeign };
  }

  forget(): void {
    this.#index = new ChangeIndex();
    this.#position = null;
  }

  /**
   * Takes up what was written since the last look, then some of what is older.
   * @throws {ProblemError} topic-not-found (and forgets what it knew), and as `readLog`
   */
  look(signal: AbortSignal): Promise<LogSight> {
    // One that was given up may still be under way, and would take up the same records.
    const mine = this.#lastLook.then(() => this.#look(signal));
    this.#lastLook = mine.then(
      () => {},
      () => {},
    );
    return mine;
  }

  async #look(signal: AbortSignal): Promise<LogSight> {
    const decoder = this.#ctx.decoders.lease();
    try {
      const untilMs = performance.now() + LOOK_MS;
      // Once more from the end when what was known is no longer there.
      if (!(await this.#readOn(decoder, untilMs, signal))) await this.#readOn(decoder, untilMs, signal);
      await this.#readBack(decoder, untilMs, signal);
      await this.#readBeginning(decoder, signal);
    } catch (error) {
      if (error instanceof ProblemError && error.code === "topic-not-found") this.forget();
      throw error;
    } finally {
      decoder.release();
    }
    const { sight } = this;
    if (sight === null)
      throw new ProblemError("broker-unreachable", "The change log's topic is being made anew just now.");
    return sight;
  }

  /** Reads the records of one change again. @throws {ProblemError} as `readLog` */
  async whole(id: string, offsets: readonly bigint[], signal: AbortSignal): Promise<WholeChange> {
    const decoder = this.#ctx.decoders.lease();
    try {
      const wanted = new Set(offsets);
      const found: LogRecord[] = [];
      let [read, bytes] = [-1n, 0];
      for (const offset of offsets) {
        if (offset <= read) continue;
        if (bytes > MAX_CHANGE_BYTES) break;
        const chunk = await readLog(this.#ctx, decoder, offset, null, signal);
        bytes += chunk.bytes;
        read = chunk.next - 1n;
        for (const record of chunk.records) {
          const parsed = wanted.delete(record.offset) ? parseLogRecord(record.value) : null;
          if (parsed?.id === id) found.push(parsed);
        }
      }
      return { ...joinRecords(found), cut: found.length < offsets.length };
    } finally {
      decoder.release();
    }
  }

  /** @returns false when the topic isn't the one that was read before, or was cut off: everything has been forgotten */
  async #readOn(decoder: Decoder, untilMs: number, signal: AbortSignal): Promise<boolean> {
    const position = this.#position ?? (await this.#begin(signal));
    while (!signal.aborted) {
      const chunk = await this.#readAt(decoder, position.next, null, signal);
      const isAnother = chunk?.topicId !== position.topicId || chunk.logStartOffset > position.logStart;
      if (chunk === null || isAnother || chunk.highWatermark - position.next > MAX_AHEAD) {
        this.forget();
        return false;
      }
      this.#take(chunk.records, chunk.unreadable);
      const stays = chunk.next <= position.next;
      position.next = laterOf(position.next, chunk.next);
      if (stays || position.next >= chunk.highWatermark || performance.now() > untilMs) return true;
    }
    throw abortProblem(signal);
  }

  /** Begins at the end: the newest changes are what is looked for. */
  async #begin(signal: AbortSignal): Promise<Position> {
    const now = await findPartition({ kafka: this.#ctx.kafka, signal }, this.#ctx.cluster.changesTopic, LOG_PARTITION);
    const { topicId } = now.topic;
    if (topicId === null) {
      throw new ProblemError("not-supported-by-broker", "Reading needs topic ids: Kafka 3.1 or newer.");
    }
    // The topic is looked up anew: what the reader remembers may be one that was deleted.
    this.#ctx.reading.forgetTopic(this.#ctx.cluster.changesTopic);
    this.#position = {
      ...{ topicId, floor: now.highWatermark, next: now.highWatermark, logStart: now.logStartOffset },
      ...{ backBytes: 0, backRecords: 0n, stretch: FIRST_STRETCH, beginsOurs: null },
    };
    return this.#position;
  }

  /** @returns null when there is no such offset (any more) */
  async #readAt(
    decoder: Decoder,
    offset: bigint,
    before: bigint | null,
    signal: AbortSignal,
  ): Promise<LogChunk | null> {
    try {
      return await readLog(this.#ctx, decoder, offset, before, signal);
    } catch (error) {
      if (error instanceof ProblemError && error.code === "message-not-found") return null;
      throw error;
    }
  }

  #isFarEnough(): boolean {
    const position = this.#position;
    if (position === null) return false;
    return this.#index.isFull || position.backBytes >= MAX_BACK_BYTES || position.backRecords >= MAX_BACK_RECORDS;
  }

  async #readBack(decoder: Decoder, untilMs: number, signal: AbortSignal): Promise<void> {
    const position = this.#position;
    let bytes = 0;
    while (position !== null && position.floor > position.logStart && !this.#isFarEnough()) {
      if (performance.now() > untilMs || bytes > LOOK_BYTES) return;
      const from = laterOf(position.logStart, position.floor - position.stretch);
      const read = await this.#readStretch(decoder, from, position.floor, untilMs, signal);
      if (read === null) return;
      bytes += read.bytes;
      position.backBytes += read.bytes;
      if (!read.whole) {
        // Too much for one look: a shorter stretch fits. What was read isn't next to what is known, so it isn't taken.
        position.stretch = laterOf(1n, (position.floor - from) / 4n);
        continue;
      }
      for (const one of read.logged) this.#index.add(one);
      this.#index.addUnreadable(read.unreadable);
      const length = position.floor - from;
      position.backRecords += length;
      position.floor = from;
      position.stretch = earlierOf(MAX_STRETCH, nextStretch(length, read.bytes));
    }
  }

  /** Among nothing but foreign messages, whether the topic began as a change log: a flood of them doesn't make it another. */
  async #readBeginning(decoder: Decoder, signal: AbortSignal): Promise<void> {
    const position = this.#position;
    if (position === null || position.beginsOurs !== null) return;
    if (this.#index.size > 0 || this.#index.unreadable === 0 || position.floor <= position.logStart) return;
    const chunk = await this.#readAt(decoder, position.logStart, null, signal);
    if (chunk !== null) position.beginsOurs = chunk.records.some(({ value }) => parseLogRecord(value) !== null);
  }

  /** @returns null when its beginning is no longer there */
  async #readStretch(decoder: Decoder, from: bigint, to: bigint, untilMs: number, signal: AbortSignal) {
    const logged: LoggedRecord[] = [];
    let [at, bytes, unreadable] = [from, 0, 0];
    while (at < to) {
      // A single record is always read, however late it is: else there would be no progress.
      if (to - from > 1n && (performance.now() > untilMs || bytes > LOOK_BYTES)) break;
      const chunk = await this.#readAt(decoder, at, to, signal);
      if (chunk === null) return null;
      bytes += chunk.bytes;
      for (const record of chunk.records) {
        const one = loggedRecord(record);
        if (one === null) unreadable++;
        else logged.push(one);
      }
      unreadable += chunk.unreadable;
      if (chunk.next <= at) break;
      at = chunk.next;
    }
    const whole = at >= to || bytes === 0;
    return { logged, unreadable, bytes, whole };
  }

  #take(records: readonly ExtractedRecord[], unreadable: number): void {
    this.#index.addUnreadable(unreadable);
    for (const record of records) {
      const logged = loggedRecord(record);
      if (logged === null) this.#index.addUnreadable(1);
      else this.#index.add(logged);
    }
  }
}

/** @returns null when it is none of ours */
function loggedRecord({ value, offset, timestamp, timestampType }: ExtractedRecord): LoggedRecord | null {
  const record = parseLogRecord(value);
  if (record === null) return null;
  const appended = timestampType === "LogAppendTime" && timestamp >= 0n ? Number(timestamp) : null;
  return { offset, appendedAtMs: appended, record };
}

/** So many records as about 8 MiB are. */
function nextStretch(length: bigint, bytes: number): bigint {
  if (bytes === 0) return MAX_STRETCH;
  return laterOf(1n, (length * BigInt(STRETCH_BYTES)) / BigInt(bytes));
}
