/** A topic that is deleted and made again is away for a moment. */
const GRACE_MS = 5_000;

/** Whether all that a reader was asked for by name is deleted, and stays so. */
export class GoneTopics {
  readonly #now: () => number;
  readonly #live = new Set<number>();
  #emptySinceMs: number | null = null;

  /** @param now monotonic milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  added(places: Iterable<number>): void {
    for (const place of places) this.#live.add(place);
    if (this.#live.size > 0) this.#emptySinceMs = null;
  }

  gone(places: Iterable<number>): void {
    for (const place of places) this.#live.delete(place);
    if (this.#live.size === 0) this.#emptySinceMs ??= this.#now();
  }

  get all(): boolean {
    return this.#emptySinceMs !== null && this.#now() - this.#emptySinceMs >= GRACE_MS;
  }
}
