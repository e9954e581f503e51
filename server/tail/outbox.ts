/** Frames that wait are sent in pieces of about this size: fewer system calls when a viewer lags. */
const PIECE_BYTES = 256 * 1024;

/** A viewer's frames on their way to a socket. How much may wait is the caller's to decide. */
export class Outbox {
  #frames: Uint8Array[] = [];
  #bytes = 0;
  #taker: ((piece: Uint8Array | null) => void) | null = null;
  #ended = false;
  readonly #whenBelow = new Set<{ readonly bytes: number; readonly tell: () => void }>();

  /** What nobody took yet. */
  get bytes(): number {
    return this.#bytes;
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(bytes: Uint8Array): void {
    if (this.#ended) return;
    if (this.#taker !== null) {
      const taker = this.#taker;
      this.#taker = null;
      taker(bytes);
      return;
    }
    this.#frames.push(bytes);
    this.#bytes += bytes.byteLength;
  }

  /** The next piece, as soon as there is one; null after the end. One taker at a time. */
  take(): Promise<Uint8Array | null> {
    const [first] = this.#frames;
    if (first === undefined) {
      if (this.#ended) return Promise.resolve(null);
      return new Promise((resolve) => {
        this.#taker = resolve;
      });
    }
    let count = 1;
    let size = first.byteLength;
    for (; count < this.#frames.length; count++) {
      const more = this.#frames[count]?.byteLength ?? 0;
      if (size + more > PIECE_BYTES) break;
      size += more;
    }
    const piece = count === 1 ? first : Buffer.concat(this.#frames.slice(0, count), size);
    this.#frames = this.#frames.slice(count);
    this.#bytes -= size;
    this.#tellRoom();
    return Promise.resolve(piece);
  }

  /** Resolves once less than `bytes` wait, or at the end. */
  room(bytes: number): Promise<void> {
    if (this.#bytes < bytes || this.#ended) return Promise.resolve();
    return new Promise((tell) => this.#whenBelow.add({ bytes, tell }));
  }

  /** What waits can still be taken, unless `discard`. */
  end({ discard = false } = {}): void {
    this.#ended = true;
    if (discard) {
      this.#frames = [];
      this.#bytes = 0;
    }
    this.#taker?.(null);
    this.#taker = null;
    this.#tellRoom();
  }

  #tellRoom(): void {
    for (const waiting of [...this.#whenBelow]) {
      if (this.#bytes >= waiting.bytes && !this.#ended) continue;
      this.#whenBelow.delete(waiting);
      waiting.tell();
    }
  }
}
