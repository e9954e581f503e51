import { setImmediate as turnOfOthers } from "node:timers/promises";

/** Work that can go on later after each `yield`. */
export type Work<T> = Generator<undefined, T>;

/** So long, and the work until its next yield, others wait for work that takes longer. */
const TURN_MS = 5;

/** Does work of any length without keeping requests waiting: whatever else is due gets its turn every few milliseconds. */
export async function inTurns<T>(work: Work<T>): Promise<T> {
  let untilMs = performance.now() + TURN_MS;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < untilMs) continue;
    await turnOfOthers();
    untilMs = performance.now() + TURN_MS;
  }
}

/** Does it in one go: where little is to be done. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
