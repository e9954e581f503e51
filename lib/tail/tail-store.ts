import type { MessageRow, TailRow } from "../contracts/message-row.ts";
import type { Losses, TailFrame, TailFrames } from "../contracts/tail.ts";
import { ProblemError } from "../problem.ts";
import { Deque } from "./deque.ts";
import {
  type Divider,
  isDivider,
  isGap,
  isMessage,
  type LoadableDivider,
  type OffsetRange,
  type Outcome,
  type TailEntry,
  totalOf,
} from "./tail-entry.ts";
import { sum, type TailFigures, TailMeter } from "./tail-figures.ts";
import type { TailPositions } from "./tail-positions.ts";
import { TransactionOutcomes } from "./transaction-outcomes.ts";
import { UntoldLosses } from "./untold-losses.ts";

export const DEFAULT_CAPACITY = 10_000;
/** While paused nothing is trimmed; beyond so many the stream is closed, to go on from there. */
export const MAX_PENDING = 50_000;
/** A jump to live shows the newest of what already came; what is before them is jumped over. */
const JUMP_KEEPS = 200;

type LostDivider = Extract<Divider, { kind: "lost" }>;

interface TailStoreOptions {
  readonly positions: TailPositions;
  readonly capacity?: number;
  readonly maxPending?: number;
  /** Calls `flush` once, soon: with the next animation frame in a browser. */
  readonly schedule: (flush: () => void) => void;
  /** More came while paused than is kept: close the stream here. */
  readonly onOverflow?: () => void;
}

/** What is shown of a tail: rows as they came, what waits while paused, the figures. No React, no clock, no network. */
export class TailStore {
  readonly #options: TailStoreOptions;
  readonly #entries = new Deque<TailEntry>();
  readonly #pending = new Deque<TailEntry>();
  readonly #outcomes = new TransactionOutcomes();
  readonly #meter = new TailMeter();
  readonly #untold = new UntoldLosses();
  readonly #listeners = new Set<() => void>();
  #capacity: number;
  #pendingMessages = 0;
  #overflowed = false;
  #messages = 0;
  #paused = false;
  #version = 0;
  #flushing = false;
  #order: TailFrames["ready"]["order"] = "exact";
  #keyHash: TailFrames["ready"]["keyHash"];
  #positionsAtStats: readonly string[] = [];
  /** A jump waits for the stream that it opened. */
  #jumped: (Skipped & { readonly next: readonly string[] }) | null = null;

  constructor(options: TailStoreOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? DEFAULT_CAPACITY;
  }

  // --- What is shown ---

  /** Changes with every commit; for useSyncExternalStore. */
  readonly getVersion = (): number => this.#version;
  readonly getFigures = (): TailFigures => this.#meter.figures;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get length(): number {
    return this.#entries.length;
  }

  at(index: number): TailEntry | undefined {
    return this.#entries.at(index);
  }

  /** How many left at the start: numbers entries for as long as the page is open. */
  get trimmed(): number {
    return this.#entries.trimmed;
  }

  /** Messages in the list. */
  get messages(): number {
    return this.#messages;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Messages that came since the pause, and whether there are more than are kept. */
  get newer(): { readonly messages: number; readonly more: boolean } {
    return { messages: this.#pendingMessages, more: this.#overflowed };
  }

  get order(): TailFrames["ready"]["order"] {
    return this.#order;
  }

  get keyHash(): TailFrames["ready"]["keyHash"] {
    return this.#keyHash;
  }

  get capacity(): number {
    return this.#capacity;
  }

  outcomeOf(row: MessageRow): Outcome | undefined {
    return this.#outcomes.of(row);
  }

  indexOf(entry: TailEntry): number {
    return this.#entries.indexOf(entry);
  }

  /** Where a message is in the list; -1 when it isn't. */
  indexOfMessage(place: number, offset: string): number {
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries.at(index);
      if (entry !== undefined && isMessage(entry) && entry[0] === place && entry[1] === offset) return index;
    }
    return -1;
  }

  // --- What comes in ---

  beginStream(): void {
    this.#meter.beginStream();
    this.#untold.beginStream();
  }

  /** Places in it are those of `positions`. */
  ingest(frame: TailFrame): void {
    switch (frame.name) {
      case "ready":
        this.#order = frame.data.order;
        this.#keyHash = frame.data.keyHash;
        this.#endJump();
        break;
      case "messages":
        for (const row of frame.data.rows) this.#takeRow(row);
        break;
      case "stats":
        this.#takeStats(frame.data);
        break;
      case "gap":
        this.#takeGap(frame.data);
        break;
      case "problem":
        this.#add({ kind: "problem", problem: asError(frame.data.problem), atMs: Date.now() });
        break;
      case "end":
        break;
    }
    this.#trim();
    this.#changed();
    if (this.#pendingMessages > this.#maxPending && !this.#overflowed) {
      this.#overflowed = true;
      this.#options.onOverflow?.();
    }
  }

  /** The stream is closed for a while. */
  rest(): void {
    this.#meter.rest();
    this.#changed();
  }

  // --- What the viewer does ---

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#changed();
  }

  /** Shows what waits, and what comes from now on. */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const entry of this.#pending) this.#show(entry);
    this.#forgetPending();
    this.#trim();
    this.#changed();
  }

  /**
   * Goes on at the newest that came; a divider says what was passed over. With `reopening`, all that waits is passed over, and
   * the divider comes when the next stream says where it begins.
   */
  jump({ reopening }: { reopening: boolean }): void {
    const skipped: TailEntry[] = [];
    const kept: TailEntry[] = [];
    let messages = 0;
    const keepFrom = reopening ? Number.POSITIVE_INFINITY : this.#pendingMessages - JUMP_KEEPS;
    for (const entry of this.#pending) {
      (messages < keepFrom ? skipped : kept).push(entry);
      if (isMessage(entry)) messages += 1;
    }
    this.#paused = false;
    this.#forgetPending();
    const jumped = summed(skipped);
    // What became of a topic stays told by itself.
    for (const entry of jumped.gaps) this.#show(entry);
    if (reopening) this.#jumped = { ...jumped, next: [...this.#options.positions.next] };
    else this.#showJumped(jumped);
    for (const entry of kept) this.#show(entry);
    this.#trim();
    this.#changed();
  }

  setCapacity(capacity: number): void {
    this.#capacity = capacity;
    this.#trim();
    this.#changed();
  }

  /** By place, the oldest offset that is shown: where a reading that repeats what is shown begins. */
  oldestShown(): ReadonlyMap<number, string> {
    const oldest = new Map<number, string>();
    for (const list of [this.#entries, this.#pending]) {
      for (const entry of list) if (isMessage(entry) && !oldest.has(entry[0])) oldest.set(entry[0], entry[1]);
    }
    return oldest;
  }

  /** True for offsets that the list shows already. */
  shownIn(ranges: readonly OffsetRange[]): (place: number, offset: string) => boolean {
    const places = new Set(ranges.map(([place]) => place));
    const shown = new Set<string>();
    for (const entry of this.#entries) {
      if (isMessage(entry) && places.has(entry[0])) shown.add(`${entry[0]}@${entry[1]}`);
    }
    return (place, offset) => shown.has(`${place}@${offset}`);
  }

  /** Puts rows before a divider and changes what it says; false when it is gone. */
  fill(divider: LoadableDivider, rows: readonly TailRow[], next: LoadableDivider): boolean {
    const index = this.#entries.indexOf(divider);
    if (index === -1) return false;
    for (const row of rows) {
      if (isMessage(row)) {
        this.#outcomes.take(row);
        this.#messages += 1;
      } else if (isGap(row)) this.#outcomes.end(row);
    }
    this.#entries.replace(index, [...rows, next]);
    this.#changed();
    return true;
  }

  // --- Inside ---

  get #maxPending(): number {
    return this.#options.maxPending ?? MAX_PENDING;
  }

  #takeRow(row: TailRow): void {
    if (isMessage(row)) this.#outcomes.take(row);
    else if (isGap(row)) this.#outcomes.end(row);
    this.#add(row);
  }

  #takeStats(stats: TailFrames["stats"]): void {
    const due = this.#untold.count(this.#meter.take(stats, this.#paused));
    const { next } = this.#options.positions;
    if (totalOf(due) > 0)
      this.#addLost({ lost: due, ranges: moved(this.#positionsAtStats, next), fromMs: null, toMs: null });
    this.#positionsAtStats = [...next];
  }

  #takeGap({ reason, ranges, lost = {}, fromMs, toMs, detail }: TailFrames["gap"]): void {
    if (reason === "lost") {
      this.#untold.tell(lost);
      this.#addLost({ lost, ranges, fromMs: fromMs ?? null, toMs: toMs ?? null });
    } else this.#add({ kind: "gap", reason, ranges, detail });
  }

  /** Losses that follow each other are one divider. */
  #addLost(loss: Pick<LostDivider, "lost" | "ranges" | "fromMs" | "toMs">): void {
    const list = this.#paused ? this.#pending : this.#entries;
    const last = list.last();
    if (last !== undefined && isDivider(last) && last.kind === "lost" && last.loading === "no") {
      const merged: LostDivider = {
        ...last,
        lost: sum(last.lost, loss.lost),
        ranges: joined(last.ranges, loss.ranges),
        fromMs: last.fromMs ?? loss.fromMs,
        toMs: loss.toMs ?? last.toMs,
      };
      list.replace(list.length - 1, [merged]);
    } else this.#add({ kind: "lost", ...loss, loading: "no", loaded: 0 });
  }

  #add(entry: TailEntry): void {
    if (this.#paused) {
      this.#pending.push(entry);
      if (isMessage(entry)) this.#pendingMessages += 1;
    } else this.#show(entry);
  }

  #show(entry: TailEntry): void {
    this.#entries.push(entry);
    if (!isMessage(entry)) return;
    this.#messages += 1;
    this.#meter.show(1);
  }

  #trim(): void {
    if (this.#paused) return;
    while (this.#entries.length > this.#capacity) {
      const gone = this.#entries.shift();
      if (gone !== undefined && isMessage(gone)) this.#messages -= 1;
    }
  }

  #forgetPending(): void {
    this.#pending.clear();
    this.#pendingMessages = 0;
    this.#overflowed = false;
  }

  #showJumped({ messages, ranges, lost, problems }: Skipped): void {
    if (ranges.length === 0 && problems === 0) return;
    this.#show({ kind: "jumped", messages, ranges, lost, problems, loading: "no", loaded: 0 });
  }

  /** The stream that a jump opened said where it begins. */
  #endJump(): void {
    if (this.#jumped === null) return;
    const { ranges: passed, lost, problems, next: before } = this.#jumped;
    this.#jumped = null;
    const from = [...before];
    for (const [place, first] of passed) from[place] = smaller(first, from[place] ?? first);
    const ranges = moved(from, this.#options.positions.next);
    if (ranges.length > 0) {
      this.#add({ kind: "jumped", messages: null, ranges, lost, problems, loading: "no", loaded: 0 });
    }
  }

  #changed(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#options.schedule(() => {
      this.#flushing = false;
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    });
  }
}

/** Where the offsets of places went from one reading to another. */
function moved(before: readonly (string | undefined)[], after: readonly string[]): OffsetRange[] {
  const ranges: OffsetRange[] = [];
  for (const [place, to] of after.entries()) {
    const from = before[place];
    if (from === undefined || to === undefined || BigInt(to) <= BigInt(from)) continue;
    ranges.push([place, from, String(BigInt(to) - 1n)]);
  }
  return ranges;
}

/** What a jump passes over. */
interface Skipped {
  /** Null: among it is what another jump passed over before it came. */
  readonly messages: number | null;
  /** Of messages and of all that was told instead of messages. */
  readonly ranges: readonly OffsetRange[];
  readonly lost: Losses;
  readonly problems: number;
  readonly gaps: readonly Divider[];
}

function summed(skipped: readonly TailEntry[]): Skipped {
  let messages: number | null = 0;
  let problems = 0;
  let lost: Losses = {};
  const gaps: Divider[] = [];
  const ranges = new Map<number, OffsetRange>();
  const cover = (place: number, from: string, to: string) => {
    const known = ranges.get(place);
    ranges.set(place, known === undefined ? [place, from, to] : [place, smaller(known[1], from), larger(known[2], to)]);
  };
  for (const entry of skipped) {
    if (isMessage(entry)) {
      if (messages !== null) messages += 1;
      cover(entry[0], entry[1], entry[1]);
    } else if (!isDivider(entry)) cover(...(isGap(entry) ? entry.gap : entry.problem));
    else if (entry.kind === "gap") gaps.push(entry);
    else if (entry.kind === "problem") problems += 1;
    else {
      for (const range of entry.ranges) cover(...range);
      lost = sum(lost, entry.lost);
      if (entry.kind !== "jumped") continue;
      problems += entry.problems;
      messages = entry.messages === null || messages === null ? null : messages + entry.messages;
    }
  }
  return { messages, ranges: [...ranges.values()], lost, problems, gaps };
}

/** Ranges of one place become one, from the first to the last. */
function joined(a: readonly OffsetRange[], b: readonly OffsetRange[]): OffsetRange[] {
  const all = new Map<number, OffsetRange>();
  for (const range of [...a, ...b]) {
    const known = all.get(range[0]);
    if (known === undefined) all.set(range[0], range);
    else all.set(range[0], [range[0], smaller(known[1], range[1]), larger(known[2], range[2])]);
  }
  return [...all.values()];
}

/** Of offsets as decimal text, without a BigInt: there may be 50,000 to compare. */
const isLess = (a: string, b: string) => (a.length === b.length ? a < b : a.length < b.length);
const smaller = (a: string, b: string) => (isLess(b, a) ? b : a);
const larger = (a: string, b: string) => (isLess(a, b) ? b : a);

function asError({ code, detail, requestId }: TailFrames["problem"]["problem"]): ProblemError {
  return new ProblemError(code, detail, { requestId });
}
