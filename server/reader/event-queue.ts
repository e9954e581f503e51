import type { ProblemError } from "#lib/problem.ts";
import type { ReadAhead } from "./read-ahead.ts";
import type { ReaderEvent } from "./reader-event.ts";

/** What a reader may hold that nobody took yet. A fetch under way may add as much again. */
export const QUEUE_BYTES = 8 * 1024 * 1024;
/** Of an answer, while all readers together hold too much. */
export const TURN_BYTES = 1024 * 1024;

/** Leave to ask a broker once; given back by `leave`. */
export interface Admission {
  /** How much may be asked for. */
  readonly maxBytes: number;
  /** What was taken for it of the budget that all readers share. */
  readonly reserved: number;
  /** The budget is used up: the reader's leaders are asked one after another, each soon done. */
  readonly isTurn: boolean;
}

interface Waiting {
  readonly wanted: { readonly maxBytes: number; readonly reserve: boolean };
  readonly admit: (admission: Admission | null) => void;
}

/**
 * A reader's events on their way to whoever reads: a full queue holds the fetching up, nothing is dropped. While all readers
 * together hold too much, one that holds nothing may still ask for one small answer at a time: nobody starves because others
 * don't read.
 */
export class EventQueue {
  readonly #shared: ReadAhead;
  readonly #events: ReaderEvent[] = [];
  #bytes = 0;
  #ended = false;
  #failure: ProblemError | null = null;
  #turnIsTaken = false;
  readonly #takers: PromiseWithResolvers<ReaderEvent | null>[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #tryAgain = () => this.#admit();

  constructor(shared: ReadAhead) {
    this.#shared = shared;
  }

  get hasRoom(): boolean {
    return this.#bytes < QUEUE_BYTES;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(event: ReaderEvent): void {
    if (this.#ended) return;
    const taker = this.#takers.shift();
    if (taker !== undefined) {
      taker.resolve(event);
      return;
    }
    const last = this.#events.length - 1;
    // Only the newest word about waiting matters: a reader that isn't read must not pile them up.
    if (event.kind === "waiting" && this.#events[last]?.kind === "waiting") this.#events[last] = event;
    else this.#events.push(event);
    this.#bytes += bytesOf(event);
    this.#shared.take(bytesOf(event));
  }

  /** The next event, as soon as there is one; null after the end. @throws {ProblemError} after `end` with one */
  take(): Promise<ReaderEvent | null> {
    const event = this.#events.shift();
    if (event !== undefined) {
      this.#bytes -= bytesOf(event);
      if (bytesOf(event) > 0) this.#shared.giveBack(bytesOf(event));
      this.#admit();
      return Promise.resolve(event);
    }
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#ended) return Promise.resolve(null);
    const taker = Promise.withResolvers<ReaderEvent | null>();
    this.#takers.push(taker);
    return taker.promise;
  }

  /**
   * Waits until a broker may be asked, after those who came before.
   * @param wanted `reserve`: an answer is expected to bring so much; else it counts only when it is there
   * @returns null when `signal` aborts, and after the end
   */
  enter(wanted: Waiting["wanted"], signal: AbortSignal): Promise<Admission | null> {
    if (signal.aborted || this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        wanted,
        admit: (admission) => {
          signal.removeEventListener("abort", onAbort);
          this.#waiting.delete(waiting);
          resolve(admission);
        },
      };
      const onAbort = () => {
        waiting.admit(null);
        this.#admit();
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(waiting);
      this.#admit();
    });
  }

  leave({ reserved, isTurn }: Admission): void {
    if (isTurn) this.#turnIsTaken = false;
    if (reserved > 0) this.#shared.giveBack(reserved);
    this.#admit();
  }

  /** Nobody wants what is left. @param failure what `take` throws from now on */
  end(failure: ProblemError | null = null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#events.length = 0;
    for (const taker of this.#takers.splice(0)) {
      if (failure === null) taker.resolve(null);
      else taker.reject(failure);
    }
    for (const { admit } of [...this.#waiting]) admit(null);
    this.#shared.leave(this.#tryAgain);
    const held = this.#bytes;
    this.#bytes = 0;
    if (held > 0) this.#shared.giveBack(held);
  }

  /** Lets in whom there is room for, in order. @returns false while the shared budget is what one of them waits for */
  #admit(): boolean {
    for (const waiting of [...this.#waiting]) {
      if (!this.hasRoom) return true;
      const admission = this.#admission(waiting.wanted);
      if (admission === null) {
        this.#shared.wait(this.#tryAgain);
        return false;
      }
      waiting.admit(admission);
    }
    this.#shared.leave(this.#tryAgain);
    return true;
  }

  #admission({ maxBytes, reserve }: Waiting["wanted"]): Admission | null {
    const reserved = reserve ? maxBytes : 0;
    if (reserved === 0 || this.#shared.tryTake(reserved)) return { maxBytes, reserved, isTurn: false };
    if (this.#turnIsTaken || this.#bytes > 0) return null;
    this.#turnIsTaken = true;
    this.#shared.take(TURN_BYTES);
    return { maxBytes: TURN_BYTES, reserved: TURN_BYTES, isTurn: true };
  }
}

function bytesOf(event: ReaderEvent): number {
  return event.kind === "chunk" ? event.chunk.bytes.length : 0;
}
