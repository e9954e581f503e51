/** Of all readers of one cluster together: a viewer who stops reading holds some of it for as long as they stay. */
const READ_AHEAD_BYTES = 256 * 1024 * 1024;

/** Bytes that readers hold, or have asked a broker for, and nobody took yet: one budget for all of them. */
export class ReadAhead {
  readonly #maxBytes: number;
  #bytes = 0;
  /** In the order they came; each says whether it got what it waits for. */
  readonly #waiting = new Set<() => boolean>();

  constructor(maxBytes = READ_AHEAD_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @returns false when there is no room for so many: nothing was taken */
  tryTake(bytes: number): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#bytes += bytes;
    return true;
  }

  /** Takes them in any case: they are here already, or must be. */
  take(bytes: number): void {
    this.#bytes += bytes;
  }

  giveBack(bytes: number): void {
    this.#bytes -= bytes;
    for (const tryAgain of [...this.#waiting]) {
      if (!tryAgain()) return;
      this.#waiting.delete(tryAgain);
    }
  }

  /** `tryAgain` is called when bytes are given back, after those who wait for longer, until it returns true. */
  wait(tryAgain: () => boolean): void {
    this.#waiting.add(tryAgain);
  }

  leave(tryAgain: () => boolean): void {
    this.#waiting.delete(tryAgain);
  }
}
