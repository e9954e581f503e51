import type { ReaderEvent } from "./reader-event.ts";

/** What a reader may hold that nobody took yet. A fetch under way may add as much again. */
export const QUEUE_BYTES = 8 * 1024 * 1024;

/** A reader's events on their way to whoever reads: a full queue holds the fetching up, nothing is dropped. */
export class EventQueue {
  readonly #events: ReaderEvent[] = [];
  #bytes = 0;
  #ended = false;
  readonly #takers: ((event: ReaderEvent | null) => void)[] = [];
  readonly #waitingForRoom = new Set<() => void>();

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
      taker(event);
      return;
    }
    const last = this.#events.length - 1;
    // Only the newest word about waiting matters: a reader that isn't read must not pile them up.
    if (event.kind === "waiting" && this.#events[last]?.kind === "waiting") this.#events[last] = event;
    else this.#events.push(event);
    this.#bytes += bytesOf(event);
  }

  /** The next event, as soon as there is one; null after the end. */
  take(): Promise<ReaderEvent | null> {
    const event = this.#events.shift();
    if (event !== undefined) {
      this.#bytes -= bytesOf(event);
      if (this.hasRoom) this.#tellRoom();
      return Promise.resolve(event);
    }
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** Resolves when there is room, or when `signal` aborts. */
  room(signal: AbortSignal): Promise<void> {
    if (this.hasRoom || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waitingForRoom.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waitingForRoom.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  /** Nobody wants what is left. */
  end(): void {
    this.#ended = true;
    this.#events.length = 0;
    this.#bytes = 0;
    for (const resolve of this.#takers.splice(0)) resolve(null);
    this.#tellRoom();
  }

  #tellRoom(): void {
    for (const tell of [...this.#waitingForRoom]) tell();
  }
}

function bytesOf(event: ReaderEvent): number {
  return event.kind === "chunk" ? event.chunk.bytes.length : 0;
}
