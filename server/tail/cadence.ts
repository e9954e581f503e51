/** One frame in this time, for one viewer or a few. */
const SHORTEST_MS = 5;
const LONGEST_MS = 100;
/** Each viewer costs a write. */
const MS_PER_VIEWER = 0.5;
/** Making frames should take at most this part of the time. */
const LOAD_SHARE = 0.2;
/** How fast the measured cost follows. */
const SMOOTHING = 0.2;

/** When a feed's frames go out: at once after a quiet moment, else in steps that grow with viewers and load. */
export class Cadence {
  readonly #now: () => number;
  #flushedAtMs = Number.NEGATIVE_INFINITY;
  #costMs = 0;

  /** @param now monotonic milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  intervalMs(viewers: number): number {
    const forViewers = MS_PER_VIEWER * viewers;
    const forLoad = this.#costMs / LOAD_SHARE;
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, forViewers, forLoad));
  }

  /** How long what arrived now waits; 0: not at all. */
  delayMs(viewers: number): number {
    return Math.max(0, this.#flushedAtMs + this.intervalMs(viewers) - this.#now());
  }

  /** Frames went out, which took so long. */
  flushed(costMs: number): void {
    this.#flushedAtMs = this.#now();
    this.#costMs += (costMs - this.#costMs) * SMOOTHING;
  }
}
