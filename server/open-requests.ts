import { ProblemError } from "#lib/problem.ts";

/**
 * The requests being answered, streams among them, so that a shutdown can wait for the short ones and end the rest.
 * (Next waits for every open response before it exits, and so would never exit while a stream is open.)
 */
export class OpenRequests {
  readonly #open = new Set<AbortController>();
  /** Those of them that never end by themselves. */
  readonly #streams = new Set<AbortController>();
  #closing = false;
  #whenIdle: () => void = () => {};

  get count(): number {
    return this.#open.size;
  }

  /** False from the moment a shutdown begins. */
  get accepting(): boolean {
    return !this.#closing;
  }

  /**
   * Runs `serve` as one open request.
   * @param signal the viewer's
   * @param evenWhileClosing for what must be told during a shutdown: that it is one
   * @throws {ProblemError} shutting-down, before it starts or in the midst of it
   */
  async run<T>(signal: AbortSignal, serve: (signal: AbortSignal) => Promise<T>, evenWhileClosing = false): Promise<T> {
    return this.#run(signal, serve, new Set(), evenWhileClosing);
  }

  /** The same for a stream, open as long as `serve` runs: a shutdown tells it to end at once, and waits for it a moment. */
  async runStream(signal: AbortSignal, serve: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return this.#run(signal, serve, this.#streams, false);
  }

  async #run<T>(
    signal: AbortSignal,
    serve: (signal: AbortSignal) => Promise<T>,
    among: Set<AbortController>,
    evenWhileClosing: boolean,
  ): Promise<T> {
    if (this.#closing && !evenWhileClosing) throw shuttingDown();
    const controller = new AbortController();
    const leave = () => controller.abort(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    this.#open.add(controller);
    among.add(controller);
    try {
      return await serve(controller.signal);
    } finally {
      signal.removeEventListener("abort", leave);
      this.#open.delete(controller);
      among.delete(controller);
      if (this.#open.size === 0) this.#whenIdle();
    }
  }

  /** Takes no more, ends streams, gives all that is open `graceMs` to finish, then aborts the rest. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    for (const controller of [...this.#streams]) controller.abort(shuttingDown());
    if (this.#open.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        this.#whenIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    for (const controller of this.#open) controller.abort(shuttingDown());
  }
}

function shuttingDown(): ProblemError {
  return new ProblemError("shutting-down", "Tailrace is shutting down. Try again when it is back.");
}
