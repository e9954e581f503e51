import type { ClusterContext } from "../../context.ts";
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

/**
 * What is known of whether there is anything readable behind commits that don't move. A message that was found stays found until
 * the commit moves or retention deletes it; markers are looked past again when more has been written. Bounded: the oldest are
 * forgotten.
 */
export class Looks {
  readonly #known = new Map<string, Look>();
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
   * Looks into those that aren't known yet, a few at a time; one that can't be read stays unknown.
   * @param found called for each that was looked into
   */
  async look(
    waiting: readonly Waiting[],
    readers: Readers,
    signal: AbortSignal,
    found: (waiting: Waiting, look: Look) => void,
  ): Promise<void> {
    const unknown = waiting.filter((one) => this.nothingReadable(one) === null);
    const wanted = unknown.toSorted((a, b) => this.#age(a) - this.#age(b)).slice(0, MOST_AT_ONCE);
    if (wanted.length === 0) return;
    const queue = wanted.values();
    const decoder = readers.decoders.lease();
    try {
      const worker = async () => {
        for (const one of queue) {
          const from = laterOf(this.#known.get(keyOf(one))?.to ?? one.from, one.from);
          const stretch = {
            topic: one.topic,
            partition: one.partition,
            from,
            to: earlierOf(one.highWatermark, one.lastStableOffset),
          };
          const look = await this.#lookAt({ ...readers, signal }, decoder, stretch).catch(() => null);
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

  /** 0 for those never looked into, which come first; else in the order they were looked into. */
  #age(one: Waiting): number {
    return this.#known.has(keyOf(one)) ? 1 : 0;
  }

  #keep(key: string, look: Look): void {
    this.#known.delete(key);
    this.#known.set(key, look);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf({ topic, topicId, partition, committed }: Omit<Waiting, "lastStableOffset">): string {
  return `${topic} ${topicId} ${partition} ${committed}`;
}
