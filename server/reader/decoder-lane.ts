import { ProblemError } from "#lib/problem.ts";
import type { Decoder } from "./decoder.ts";
import type { DecoderThread, Outcome } from "./decoder-thread.ts";
import type { ExtractedRecord, ExtractOptions } from "./extracted-record.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import type { LensTask, LensYield } from "./lens.ts";
import { undecodedYield } from "./undecoded-yield.ts";

/** A pool's decoder: its tasks go to one thread, which keeps their order. */
export class DecoderLane implements Decoder {
  readonly #thread: DecoderThread;
  readonly #onRelease: () => void;
  #released = false;

  constructor(thread: DecoderThread, onRelease: () => void) {
    this.#thread = thread;
    this.#onRelease = onRelease;
    thread.lanes += 1;
  }

  async applyLenses(
    chunk: FetchedChunk,
    tasks: readonly LensTask[],
    signal: AbortSignal,
  ): Promise<readonly LensYield[]> {
    const answer = await this.#thread.run({ kind: "lenses", chunk, tasks }, this, signal);
    if (answer.kind === "yields") return answer.yields;
    return tasks.map((task) => undecodedYield(chunk, task, whyNot(answer)));
  }

  async extract(
    chunk: FetchedChunk,
    options: ExtractOptions,
    signal: AbortSignal,
  ): Promise<readonly ExtractedRecord[]> {
    const answer = await this.#thread.run({ kind: "extract", chunk, options }, this, signal);
    switch (answer.kind) {
      case "records":
        return answer.records;
      case "unreadable":
        throw new ProblemError("message-not-found", answer.detail);
      case "late":
        throw new ProblemError("deadline-exceeded", whyNot(answer));
      default:
        throw new ProblemError("internal", whyNot(answer), "error" in answer ? { cause: answer.error } : {});
    }
  }

  async unpackedSizes(chunk: FetchedChunk, signal: AbortSignal): Promise<readonly (number | null)[]> {
    const answer = await this.#thread.run({ kind: "sizes", chunk }, this, signal);
    return answer.kind === "sizes" ? answer.sizes : [];
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#thread.giveUp(this, new ProblemError("cancelled", "The reader of these messages has ended."));
    this.#thread.lanes -= 1;
    this.#onRelease();
  }
}

function whyNot(answer: Outcome): string {
  switch (answer.kind) {
    case "late":
      return `Decoding took longer than ${answer.afterMs / 1000} s and was given up. Read these offsets with kcat.`;
    case "failed":
      return `Decoding failed: ${answer.error.message}. Read these offsets with kcat, and report it to Tailrace's authors.`;
    default:
      return "Decoding gave an answer to another question. Report it to Tailrace's authors.";
  }
}
