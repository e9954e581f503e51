import { Worker } from "node:worker_threads";
import { VERIFY_BYTES_PER_SECOND } from "#lib/contracts/verifications.ts";
import { ProblemError } from "#lib/problem.ts";
import { FenceError } from "../partition-directory.ts";
import type { VerifyAnswer, VerifyEvent, VerifyTask } from "./verify-event.ts";

/** One runs; so many wait. */
const MAX_WAITING = 4;
/** A thread's JavaScript heap: two indexes of one segment at a time, at most 10 MiB each in the file. */
const MAX_HEAP_MB = 512;
/** A cancelled thread closes its files between two reads; one that doesn't is ended. */
const CANCEL_MS = 2_000;

interface Options {
  readonly bytesPerSecond?: number;
  /** A test may give another one. */
  readonly startWorker?: () => Worker;
}

/**
 * Verifies partitions, one at a time, each in a thread of its own that ends with it: checksums of gigabytes don't hold up
 * requests, and what breaks, breaks alone.
 */
export class Verifier {
  readonly #bytesPerSecond: number;
  readonly #startWorker: () => Worker;
  readonly #closing = new AbortController();
  /** Done when all that came before are. */
  #last: Promise<void> = Promise.resolve();
  #queued = 0;

  constructor({ bytesPerSecond = VERIFY_BYTES_PER_SECOND, startWorker = startVerifyWorker }: Options = {}) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#startWorker = startWorker;
  }

  /**
   * What it finds, as it comes. Whoever stops to iterate, or aborts, ends the thread; its files are closed then.
   * @throws {ProblemError} too-many-verifications, shutting-down; {FenceError}; the signal's reason
   */
  async *verify(task: Omit<VerifyTask, "bytesPerSecond">, signal: AbortSignal): AsyncGenerator<VerifyEvent, void> {
    const ends = AbortSignal.any([signal, this.#closing.signal]);
    ends.throwIfAborted();
    if (this.#queued > MAX_WAITING) {
      throw new ProblemError(
        "too-many-verifications",
        `One verification runs and ${MAX_WAITING} wait for it already. Try again when one has ended.`,
      );
    }
    this.#queued++;
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = before.then(() => turn.promise);
    try {
      await orAborted(before, ends);
      yield* this.#run({ ...task, bytesPerSecond: this.#bytesPerSecond }, ends);
    } finally {
      this.#queued--;
      turn.resolve();
    }
  }

  /** Ends what runs and what waits. */
  async close(): Promise<void> {
    this.#closing.abort(new ProblemError("shutting-down", "Tailrace is shutting down. Try again in a moment."));
    await this.#last;
  }

  async *#run(task: VerifyTask, signal: AbortSignal): AsyncGenerator<VerifyEvent, void> {
    const thread = new VerifyThread(this.#startWorker(), task, signal);
    try {
      for (;;) {
        const event = await thread.next();
        yield event;
        if (event.kind === "end") return;
      }
    } finally {
      await thread.end();
    }
  }
}

/** A running worker, and what it said that nobody has taken yet. */
class VerifyThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #exited: Promise<void>;
  #events: VerifyEvent[] = [];
  #failure: Error | null = null;
  #over = false;
  #wake: () => void = () => {};

  constructor(worker: Worker, task: VerifyTask, signal: AbortSignal) {
    this.#worker = worker;
    this.#signal = signal;
    worker.on("message", (answer: VerifyAnswer) => {
      if (answer.kind === "event") this.#take(answer.event);
      else this.#failure = asError(answer);
      this.#wake();
    });
    worker.on("error", (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
    this.#exited = new Promise((resolve) => {
      worker.once("exit", () => {
        this.#over = true;
        this.#wake();
        resolve();
      });
    });
    signal.addEventListener("abort", this.#onAbort);
    worker.postMessage(task);
  }

  /** The last one is its end. @throws what the thread failed with; the signal's reason */
  async next(): Promise<VerifyEvent> {
    for (;;) {
      this.#signal.throwIfAborted();
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#failure !== null) throw this.#failure;
      if (this.#over) throw new Error("the verification's thread ended without a word");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async end(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#onAbort);
    const killing = setTimeout(() => void this.#worker.terminate(), CANCEL_MS);
    if (!this.#over) this.#worker.postMessage("cancel");
    await this.#exited;
    clearTimeout(killing);
  }

  readonly #onAbort = () => this.#wake();

  /** Nobody needs to know how far it was: the newest progress stands for those before it that nobody took. */
  #take(event: VerifyEvent): void {
    const last = this.#events.at(-1);
    if (event.kind === "progress" && last?.kind === "progress" && last.baseOffset === event.baseOffset) {
      this.#events.pop();
    }
    this.#events.push(event);
  }
}

function asError({ fenced, message }: Extract<VerifyAnswer, { kind: "failed" }>): Error {
  return fenced === null ? new Error(message) : new FenceError(fenced, message);
}

async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Bundlers find the worker's file by these very words. */
function startVerifyWorker(): Worker {
  return new Worker(new URL("./verify-worker.ts", import.meta.url), {
    name: "verifier",
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
}
