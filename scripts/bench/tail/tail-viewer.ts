import { Agent, get } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

interface Chunk {
  /** Milliseconds since 1970, with a fraction. */
  readonly atMs: number;
  readonly bytes: Buffer;
}

const SETTLED_MS = 1_500;
/** Heartbeats and stats of so long a time are fewer bytes than this. */
const SETTLED_BYTES = 6_000;
const SETTLE_LIMIT_MS = 30_000;
const POLL_MS = 50;

/**
 * One viewer of a tail, who only notes what came when: parsing 20,000 messages a second here would take the time that is
 * to be measured.
 */
export class TailViewer {
  readonly chunks: Chunk[] = [];
  readonly #ended = new AbortController();
  #firstMessagesMs: number | null = null;
  #ready = false;
  #failure: Error | null = null;

  /** Opens a stream and waits until it has told what it reads. */
  static async open(url: string, signal: AbortSignal): Promise<TailViewer> {
    const viewer = new TailViewer();
    viewer.#connect(url, signal);
    await viewer.#until(() => viewer.#ready, signal);
    return viewer;
  }

  /** Resolves with the time at which the first messages came. */
  async firstMessages(signal: AbortSignal): Promise<number> {
    await this.#until(() => this.#firstMessagesMs !== null, signal);
    return this.#firstMessagesMs ?? Number.NaN;
  }

  /** Resolves when for a while hardly anything came. */
  async settled(signal: AbortSignal): Promise<void> {
    for (const until = Date.now() + SETTLE_LIMIT_MS; Date.now() < until; await delay(POLL_MS, null, { signal })) {
      const since = performance.timeOrigin + performance.now() - SETTLED_MS;
      let bytes = 0;
      for (let i = this.chunks.length - 1; i >= 0 && (this.chunks[i]?.atMs ?? 0) > since; i--) {
        bytes += this.chunks[i]?.bytes.length ?? 0;
      }
      if (bytes < SETTLED_BYTES && (this.chunks[0]?.atMs ?? since) < since) return;
    }
  }

  close(): void {
    this.#ended.abort();
  }

  #connect(url: string, signal: AbortSignal): void {
    const request = get(url, {
      headers: { accept: "text/event-stream", "accept-encoding": "identity" },
      agent: new Agent({ keepAlive: false }),
      signal: AbortSignal.any([signal, this.#ended.signal]),
    });
    request.on("error", (error) => {
      if (!this.#ended.signal.aborted) this.#failure = error;
    });
    request.on("response", (response) => {
      response.on("error", (error) => {
        if (!this.#ended.signal.aborted) this.#failure = error;
      });
      response.on("data", (bytes: Buffer) => {
        const atMs = performance.timeOrigin + performance.now();
        if (response.statusCode !== 200) {
          this.#failure = new Error(`${url} answered ${response.statusCode}: ${bytes.toString()}`);
          return;
        }
        this.chunks.push({ atMs, bytes });
        if (!this.#ready) this.#ready = bytes.includes("event: ready");
        if (this.#firstMessagesMs === null && bytes.includes("event: messages")) this.#firstMessagesMs = atMs;
      });
    });
  }

  async #until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    for (const until = Date.now() + SETTLE_LIMIT_MS; !condition(); await delay(POLL_MS, null, { signal })) {
      if (this.#failure !== null) throw this.#failure;
      if (Date.now() > until) throw new Error("The tail told nothing in time.");
    }
  }
}
