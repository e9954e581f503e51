import { randomInt } from "node:crypto";

const TIME_DIGITS = 9;
const RANDOM_DIGITS = 12;
const BASE = 36;

/** A new change's id: the time in milliseconds and chance, both in base 36. It sorts by time, as this server's clock tells it. */
export function newChangeId(nowMs: number): string {
  const chance = Array.from({ length: RANDOM_DIGITS }, () => randomInt(BASE).toString(BASE)).join("");
  return `${Math.trunc(nowMs).toString(BASE).padStart(TIME_DIGITS, "0")}-${chance}`;
}
