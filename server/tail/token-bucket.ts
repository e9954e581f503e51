/** So many things a second, and so many at once after a pause. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #capacity: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAtMs: number;

  /** @param now monotonic milliseconds */
  constructor(perSecond: number, capacity: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#capacity = capacity;
    this.#now = now;
    this.#tokens = capacity;
    this.#filledAtMs = now();
  }

  /** How many may be taken now; a whole number, 0 or more. */
  get available(): number {
    const nowMs = this.#now();
    const gained = ((nowMs - this.#filledAtMs) * this.#perSecond) / 1_000;
    this.#tokens = Math.min(this.#capacity, this.#tokens + gained);
    this.#filledAtMs = nowMs;
    return Math.max(0, Math.floor(this.#tokens));
  }

  take(count: number): void {
    this.#tokens -= count;
  }
}
