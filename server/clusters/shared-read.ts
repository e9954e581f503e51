import { ProblemError } from "#lib/problem.ts";
import { abortProblem } from "../kafka/deadline.ts";

/** What was read, and when the reading began: nothing in it is older. */
export interface Reading<T> {
  readonly value: T;
  readonly observedAtMs: number;
}

interface Flight<T> {
  readonly reading: Promise<Reading<T>>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * One thing that many viewers ask for at once and that is read once: whoever asks while a reading is under way shares it,
 * and an answer is used again until it is `maxAgeMs` old (0: never). A viewer who leaves doesn't take it from the others;
 * when the last one leaves, the reading stops.
 */
export class SharedRead<T> {
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #maxAgeMs: number;
  #flight: Flight<T> | null = null;
  #last: Reading<T> | null = null;

  constructor(read: (signal: AbortSignal) => Promise<T>, maxAgeMs: number) {
    this.#read = read;
    this.#maxAgeMs = maxAgeMs;
  }

  /** The newest answer there was, however old. */
  get last(): Reading<T> | null {
    return this.#last;
  }

  /** @throws {ProblemError} what the reading throws; cancelled when `signal` aborts first */
  async get(signal: AbortSignal, maxAgeMs = this.#maxAgeMs): Promise<Reading<T>> {
    if (signal.aborted) throw abortProblem(signal);
    if (this.#last !== null && Date.now() - this.#last.observedAtMs < maxAgeMs) return this.#last;
    const flight = this.#flight ?? this.#start();
    flight.waiting++;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        flight.waiting--;
        if (flight.waiting === 0) {
          if (this.#flight === flight) this.#flight = null;
          flight.abort.abort(signal.reason);
        }
        reject(abortProblem(signal));
      };
      signal.addEventListener("abort", onAbort, { once: true });
      flight.reading.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
    });
  }

  /**
   * For a page that must not wait for its slowest part: after `patienceMs` the last answer, marked by its own age, or null.
   * The reading goes on, and the next viewer has it.
   * @returns what there is, and why it isn't newer (null when it is new)
   */
  async getWithin(
    signal: AbortSignal,
    patienceMs: number,
    what: string,
    maxAgeMs = this.#maxAgeMs,
  ): Promise<{ readonly reading: Reading<T> | null; readonly problem: ProblemError | null }> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), patienceMs);
    try {
      const readingOn = this.get(new AbortController().signal, maxAgeMs);
      readingOn.catch(() => {});
      const stop = AbortSignal.any([signal, late.signal]);
      return { reading: await unless(stop, readingOn), problem: null };
    } catch (error) {
      if (signal.aborted) throw abortProblem(signal);
      const problem = late.signal.aborted
        ? new ProblemError(
            "deadline-exceeded",
            `Kafka has not told ${what} within ${patienceMs / 1000} s; still asking.`,
          )
        : error;
      if (!(problem instanceof ProblemError)) throw problem;
      return { reading: this.#last, problem };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whoever asks next gets a reading that begins then: after a change, nobody is shown the world before it. */
  forget(): void {
    this.#flight = null;
    this.#last = null;
  }

  #start(): Flight<T> {
    const abort = new AbortController();
    const observedAtMs = Date.now();
    const reading = this.#read(abort.signal).then((value) => ({ value, observedAtMs }));
    const flight: Flight<T> = { reading, abort, waiting: 0 };
    this.#flight = flight;
    const land = (landed: Reading<T> | null) => {
      if (this.#flight !== flight) return;
      this.#flight = null;
      if (landed) this.#last = landed;
    };
    reading.then(land, () => land(null));
    return flight;
  }
}

function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
