import { ANSWER_DEADLINE_MS } from "./kafka/deadline.ts";

/** For what comes after all phases: the answer itself. */
const SPARE_MS = 700;
/** Steps in which it is dealt out: they are told in sentences. */
const STEP_MS = 100;

/**
 * The time that all phases of one answer have together, from when its service begins to before its route's deadline: whoever began a change
 * hears what became of it, and not that time was up.
 */
export class AnswerBudget {
  readonly #endMs = performance.now() + ANSWER_DEADLINE_MS - SPARE_MS;

  /** For a phase that wants `ms`, in milliseconds; less where the answer is due before, or where those after it need `reserveMs`. */
  share(ms: number, reserveMs = 0): number {
    const left = this.#endMs - performance.now() - reserveMs;
    return Math.max(0, Math.min(ms, Math.floor(left / STEP_MS) * STEP_MS));
  }
}
