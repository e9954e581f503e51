import { availableParallelism } from "node:os";
import type { Decoder } from "./decoder.ts";
import { DecoderLane } from "./decoder-lane.ts";
import { DecoderThread } from "./decoder-thread.ts";

export type { Decoder } from "./decoder.ts";

const MAX_THREADS = 4;
/** One core stays for the event loop. */
const SPARED_CORES = 1;
/** Threads end when nobody has leased a decoder for so long. */
const IDLE_MS = 30_000;
/** A task that takes longer is given up, and its thread with it. */
const TASK_DEADLINE_MS = 10_000;

/** Decoder threads, shared by all readers: started when first needed, ended when nobody has leased one for a while. */
export class DecoderPool {
  readonly #threads: DecoderThread[] = [];
  readonly #lanes = new Set<DecoderLane>();
  readonly #idleMs: number;
  #idle: NodeJS.Timeout | undefined;

  constructor({
    threads = Math.max(1, Math.min(MAX_THREADS, availableParallelism() - SPARED_CORES)),
    idleMs = IDLE_MS,
    deadlineMs = TASK_DEADLINE_MS,
  } = {}) {
    this.#idleMs = idleMs;
    for (let index = 0; index < threads; index += 1) this.#threads.push(new DecoderThread(deadlineMs));
  }

  /** How many run. */
  get threads(): number {
    return this.#threads.filter((thread) => thread.runs).length;
  }

  /** A lane on the thread with the fewest. */
  lease(): Decoder {
    clearTimeout(this.#idle);
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new RangeError("a pool needs a thread");
    const thread = others.reduce((least, one) => (one.lanes < least.lanes ? one : least), first);
    const lane = new DecoderLane(thread, () => {
      this.#lanes.delete(lane);
      if (this.#lanes.size === 0) this.#idle = setTimeout(() => void this.#end(), this.#idleMs).unref();
    });
    this.#lanes.add(lane);
    return lane;
  }

  /** Ends all threads; what waits is refused with shutting-down, and so is what comes later. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.rest()));
  }
}
