import { ProblemError } from "#lib/problem.ts";

/** No answer of the API takes longer, whatever its parts wait for. */
export const ANSWER_DEADLINE_MS = 15_000;

/**
 * Runs `fn` and waits for it at most `ms`; also gives up when `signal` aborts. Whatever `fn` does afterwards is ignored,
 * so a call that hangs (kafkajs' do once a broker is killed) or fails late harms nobody.
 * @param what completes "… didn't answer in time when asked for": "the sizes on broker 2 (kafka-2:9092)"
 * @throws {ProblemError} deadline-exceeded; cancelled when the viewer left; whatever `fn` throws, as it is
 */
export function withDeadline<T>(
  signal: AbortSignal,
  ms: number,
  what: string,
  fn: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const inner = new AbortController();
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const giveUp = (problem: ProblemError) =>
      settle(() => {
        reject(problem);
        inner.abort(problem);
      });
    const onAbort = () => giveUp(abortProblem(signal));
    const timer = setTimeout(
      () =>
        giveUp(
          new ProblemError(
            "deadline-exceeded",
            `Kafka didn't answer within ${ms / 1000} s when asked for ${what}. Try again; if it stays, look at that broker's load and at the network between.`,
          ),
        ),
      ms,
    );
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    // Both handlers are attached before anything can reject: a late failure is never an unhandled rejection.
    Promise.resolve()
      .then(() => fn(inner.signal))
      .then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      );
  });
}

/** Why work under `signal` stops: its own problem (a deadline, a shutdown) when it carries one, else the viewer left. */
export function abortProblem(signal: AbortSignal): ProblemError {
  const reason: unknown = signal.reason;
  return reason instanceof ProblemError
    ? reason
    : new ProblemError("cancelled", "The request was cancelled before Kafka answered.");
}
