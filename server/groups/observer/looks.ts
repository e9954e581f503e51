import type { ClusterContext } from "../../context.ts";
import { withDeadline } from "../../kafka/deadline.ts";
import { earlierOf, laterOf } from "../../reader/offset-bounds.ts";
import { type Look, readableLook } from "./readable-look.ts";

/** A partition of a group that hasn't moved although there is something behind its commit. */
export interface Waiting {
  readonly topic: string;
  /** Null from brokers that have no ids. */
  readonly topicId: string | null;
  readonly partition: number;
  readonly committed: bigint;
  /** Where it would read on: the commit, or the log start where that is further. */
  readonly from: bigint;
  readonly highWatermark: bigint;
  /** Behind it a transaction is open, and nobody is shown anything yet; the high watermark unless that is so. */
  readonly lastStableOffset: bigint;
}

/** What reads records; given when the server starts the observer. */
export type Readers = Pick<ClusterContext, "reading" | "decoders">;

const MOST_KEPT = 5_000;
/** Each is a fetch or two. */
const MOST_AT_ONCE = 20;
const CONCURRENCY = 4;
/** Of one sample's looks: what takes longer mustn't hold up the next sample, and is tried again after the others. */
const LOOKS_MS = 6_000;

/**
 * What is known of whether there is anything readable behind commits that don't move. A message that was found stays found until
 * the commit moves or retention deletes it; markers are looked past again when more has been written. Bounded: the oldest are
 * forgotten.
 */
export class Looks {
  readonly #known = new Map<string, Look>();
  /** In the order of the attempts, those that failed too. */
  readonly #tried = new Map<string, number>();
  #attempts = 0;
  readonly #lookAt: typeof readableLook;

  constructor(lookAt = readableLook) {
    this.#lookAt = lookAt;
  }

  /** Null: not looked into, or more has been written since. */
  nothingReadable(waiting: Omit<Waiting, "lastStableOffset">): boolean | null {
    const { from, highWatermark } = waiting;
    if (from >= highWatermark) return true;
    const look = this.#known.get(keyOf(waiting));
    if (look === undefined) return null;
    if (look.readable) return look.to >= from ? false : null;
    return look.to >= highWatermark ? true : null;
  }

  /**
   * Looks into those that aren't known yet, a few at a time, those that were never tried first, then in the order they were; one that
   * can't be read stays unknown.
   * @param found called for each that was looked into
   */
  async look(
    waiting: readonly Waiting[],
    readers: Readers,
    signal: AbortSignal,
    found: (waiting: Waiting, look: Look) => void,
  ): Promise<void> {
    const unknown = waiting.filter((one) => this.nothingReadable(one) === null);
    const wanted = unknown.toSorted((a, b) => this.#lastTried(a) - this.#lastTried(b)).slice(0, MOST_AT_ONCE);
    if (wanted.length === 0) return;
    const queue = wanted.values();
    const decoder = readers.decoders.lease();
    const untilMs = performance.now() + LOOKS_MS;
    try {
      const worker = async () => {
        for (const one of queue) {
          const leftMs = untilMs - performance.now();
          if (leftMs <= 0) return;
          this.#noteTried(keyOf(one));
          const from = laterOf(this.#known.get(keyOf(one))?.to ?? one.from, one.from);
          const stretch = {
            topic: one.topic,
            partition: one.partition,
            from,
            to: earlierOf(one.highWatermark, one.lastStableOffset),
          };
          const look = await withDeadline(signal, leftMs, `what ${one.topic}-${one.partition} holds`, (inner) =>
            this.#lookAt({ ...readers, signal: inner }, decoder, stretch),
          ).catch(() => null);
          if (signal.aborted) return;
          if (look === null) continue;
          this.#keep(keyOf(one), look);
          found(one, look);
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    } finally {
      decoder.release();
    }
  }

  /** The number of the last attempt; 0 when there was none. */
  #lastTried(one: Waiting): number {
    return this.#tried.get(keyOf(one)) ?? 0;
  }

  #noteTried(key: string): void {
    keepNewest(this.#tried, key, ++this.#attempts);
  }

  #keep(key: string, look: Look): void {
    keepNewest(this.#known, key, look);
  }
}

function keepNewest<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

function keyOf({ topic, topicId, partition, committed }: Omit<Waiting, "lastStableOffset">): string {
  return `${topic} ${topicId} ${partition} ${committed}`;
}
