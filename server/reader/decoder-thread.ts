import { Worker } from "node:worker_threads";
import { ProblemError } from "#lib/problem.ts";
import type { DecodeAnswer, DecodeTask } from "./decode-task.ts";

/** A thread's JavaScript heap; bytes of batches lie outside of it. Beyond, the thread ends, not the server. */
const MAX_HEAP_MB = 512;

/** What comes of a task: also that it took too long. */
export type Outcome = DecodeAnswer | { readonly kind: "late"; readonly afterMs: number };

interface Job {
  readonly owner: object;
  readonly task: DecodeTask;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * One worker thread and the tasks that wait for it. It gets one task at a time: a thread that breaks takes no other task
 * with it, and each has its own deadline. A worker that broke, or was late, is replaced when the next task comes.
 */
export class DecoderThread {
  /** Decoders that are leased on it. */
  lanes = 0;
  readonly #deadlineMs: number;
  readonly #startWorker: () => Worker;
  readonly #waiting = new Set<Job>();
  #worker: Worker | null = null;
  #running: Job | null = null;
  #deadline: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param startWorker a test may give another worker */
  constructor(deadlineMs: number, startWorker: () => Worker = startDecodeWorker) {
    this.#deadlineMs = deadlineMs;
    this.#startWorker = startWorker;
  }

  get runs(): boolean {
    return this.#worker !== null;
  }

  /**
   * @param owner who may give it up
   * @throws the signal's reason; {ProblemError} shutting-down
   */
  run(task: DecodeTask, owner: object, signal: AbortSignal): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.#closed) return reject(shuttingDown());
      const onAbort = () => {
        // A task that runs already goes on; nobody waits for its answer.
        this.#waiting.delete(job);
        reject(signal.reason);
      };
      const job: Job = {
        owner,
        task,
        resolve: (outcome) => {
          signal.removeEventListener("abort", onAbort);
          resolve(outcome);
        },
        reject: (reason) => {
          signal.removeEventListener("abort", onAbort);
          reject(reason);
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(job);
      this.#next();
    });
  }

  /** Nobody waits for an owner's tasks any more; one that runs is ended by its answer or its deadline. */
  giveUp(owner: object, reason: ProblemError): void {
    for (const job of [...this.#waiting, ...(this.#running ? [this.#running] : [])]) {
      if (job.owner !== owner) continue;
      this.#waiting.delete(job);
      job.reject(reason);
    }
  }

  /** Ends the worker when nothing runs; the next task starts another. */
  async rest(): Promise<void> {
    if (this.#running === null && this.#waiting.size === 0) await this.#drop()?.terminate();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#drop();
    for (const job of [this.#running, ...this.#waiting]) job?.reject(shuttingDown());
    this.#waiting.clear();
    this.#running = null;
    clearTimeout(this.#deadline);
    await worker?.terminate();
  }

  #next(): void {
    if (this.#running !== null) return;
    const [job] = this.#waiting;
    if (job === undefined) return;
    this.#waiting.delete(job);
    this.#running = job;
    // A copy: the chunk stays readable to others, and what is posted moves without another one.
    const bytes = new Uint8Array(job.task.chunk.bytes);
    this.#deadline = setTimeout(() => {
      void this.#drop()?.terminate();
      this.#settle({ kind: "late", afterMs: this.#deadlineMs });
    }, this.#deadlineMs);
    try {
      const worker = this.#start();
      worker.ref();
      worker.postMessage({ ...job.task, chunk: { ...job.task.chunk, bytes } }, [bytes.buffer]);
    } catch (error) {
      this.#settle({ kind: "failed", error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  #settle(outcome: Outcome): void {
    clearTimeout(this.#deadline);
    this.#worker?.unref();
    const job = this.#running;
    this.#running = null;
    job?.resolve(outcome);
    this.#next();
  }

  #start(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = this.#startWorker();
    const onEnd = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      if (this.#running !== null) this.#settle({ kind: "failed", error });
    };
    worker.on("message", (answer: DecodeAnswer) => {
      if (this.#worker === worker) this.#settle(answer);
    });
    worker.on("messageerror", onEnd);
    worker.on("error", onEnd);
    worker.on("exit", (code) => onEnd(new Error(`the decoder's thread ended with ${code}`)));
    this.#worker = worker;
    return worker;
  }

  /** From here on, what the worker says counts no more. */
  #drop(): Worker | null {
    const worker = this.#worker;
    this.#worker = null;
    return worker;
  }
}

function shuttingDown(): ProblemError {
  return new ProblemError("shutting-down", "Tailrace is shutting down. Try again in a moment.");
}

/** Bundlers find the worker's file by these very words. */
function startDecodeWorker(): Worker {
  return new Worker(new URL("./decode-worker.ts", import.meta.url), {
    name: "decoder",
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
}
