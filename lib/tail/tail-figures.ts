import type { Losses, LossReason, TailFrames } from "../contracts/tail.ts";
import { totalOf } from "./tail-entry.ts";

/** One second of the past minute. */
export interface TailSecond {
  readonly atMs: number;
  readonly inPerSecond: number;
  readonly matchedPerSecond: number;
  readonly lost: number;
  readonly paused: boolean;
}

/** Exact, by the server's counts; null before the first of them. */
export interface TailFigures {
  readonly inPerSecond: number | null;
  readonly matchedPerSecond: number | null;
  /** Put on screen: 0 while paused. */
  readonly shownPerSecond: number | null;
  readonly bytesPerSecond: number | null;
  /** Since the page was opened, over all streams. */
  readonly lost: Losses;
  readonly lostTotal: number;
  readonly behind: string | null;
  readonly waiting: TailFrames["stats"]["waiting"];
  readonly viewers: number | null;
  /** Messages read since the page was opened. */
  readonly inTotal: number;
  readonly matchedTotal: number;
  readonly history: readonly TailSecond[];
}

export const HISTORY_SECONDS = 60;

const noFigures: TailFigures = {
  inPerSecond: null,
  matchedPerSecond: null,
  shownPerSecond: null,
  bytesPerSecond: null,
  lost: {},
  lostTotal: 0,
  behind: null,
  waiting: null,
  viewers: null,
  inTotal: 0,
  matchedTotal: 0,
  history: [],
};

type Stats = TailFrames["stats"];
type Totals = Pick<Stats, "in" | "matched" | "bytes" | "lost">;
const zero: Totals = { in: 0, matched: 0, bytes: 0, lost: {} };

/** Turns the totals of streams into rates, and keeps the last minute of them. */
export class TailMeter {
  #figures: TailFigures = noFigures;
  #before: Totals = zero;
  #beforeMs: number | null = null;
  #shown = 0;

  get figures(): TailFigures {
    return this.#figures;
  }

  /** The totals of each stream begin at 0. */
  beginStream(): void {
    this.#before = zero;
    this.#beforeMs = null;
  }

  /** So many messages went on screen. */
  show(messages: number): void {
    this.#shown += messages;
  }

  /** @returns how many messages were newly lost, by reason */
  take(stats: Stats, paused: boolean): Losses {
    // A stream's first totals come about a second after its beginning.
    const seconds = this.#beforeMs === null ? 1 : Math.max(0.001, (stats.atMs - this.#beforeMs) / 1_000);
    const rate = (now: number, before: number) => Math.max(0, now - before) / seconds;
    const lost = difference(stats.lost, this.#before.lost);
    const second: TailSecond = {
      atMs: stats.atMs,
      inPerSecond: rate(stats.in, this.#before.in),
      matchedPerSecond: rate(stats.matched, this.#before.matched),
      lost: totalOf(lost),
      paused,
    };
    const all = sum(this.#figures.lost, lost);
    this.#figures = {
      inPerSecond: second.inPerSecond,
      matchedPerSecond: second.matchedPerSecond,
      shownPerSecond: this.#shown / seconds,
      bytesPerSecond: rate(stats.bytes, this.#before.bytes),
      lost: all,
      lostTotal: totalOf(all),
      behind: stats.behind,
      waiting: stats.waiting,
      viewers: stats.viewers,
      inTotal: this.#figures.inTotal + Math.max(0, stats.in - this.#before.in),
      matchedTotal: this.#figures.matchedTotal + Math.max(0, stats.matched - this.#before.matched),
      history: [...this.#figures.history.slice(1 - HISTORY_SECONDS), second],
    };
    this.#before = stats;
    this.#beforeMs = stats.atMs;
    this.#shown = 0;
    return lost;
  }

  /** Nothing flows: rates of a stream that is closed would be lies. */
  rest(): void {
    if (this.#figures.inPerSecond === null) return;
    this.#figures = {
      ...this.#figures,
      inPerSecond: null,
      matchedPerSecond: null,
      shownPerSecond: null,
      bytesPerSecond: null,
      behind: null,
      waiting: null,
      viewers: null,
    };
  }
}

export function sum(a: Losses, b: Losses): Losses {
  const all: Losses = { ...a };
  for (const [reason, count] of entriesOf(b)) all[reason] = (all[reason] ?? 0) + count;
  return all;
}

/** Only what grew. */
function difference(now: Losses, before: Losses): Losses {
  const grown: Losses = {};
  for (const [reason, count] of entriesOf(now)) {
    const more = count - (before[reason] ?? 0);
    if (more > 0) grown[reason] = more;
  }
  return grown;
}

export function entriesOf(losses: Losses): [LossReason, number][] {
  return Object.entries(losses).filter((entry): entry is [LossReason, number] => (entry[1] ?? 0) > 0);
}
