import type { GapRow } from "#lib/contracts/message-row.ts";
import type { Control } from "./control-record.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Offsets without a message, until something else follows: gaps of one reason that touch each other are one row. */
export class PendingGap {
  readonly #place: number;
  /** Markers are one row also when messages that nobody wants lie between them. */
  readonly #joinsMarkers: boolean;
  /** What lies around it isn't shown: see `leaveOut`. */
  #isSparse = false;
  #reason: GapRow["reason"] | null = null;
  #first = 0n;
  #last = 0n;
  #commits = 0;
  #aborts = 0;
  readonly #ended = new Map<bigint, Control>();

  constructor(place: number, joinsMarkers: boolean) {
    this.#place = place;
    this.#joinsMarkers = joinsMarkers;
  }

  /** @returns the gap before, when this one doesn't continue it */
  add(reason: GapRow["reason"], first: bigint, last: bigint): GapRow | null {
    if (this.#isSparse && reason !== "markers") return null;
    const joins = reason === "markers" && (this.#joinsMarkers || this.#isSparse);
    const continues = reason === this.#reason && (first === this.#last + 1n || joins);
    const before = continues ? null : this.take();
    if (!continues) this.#first = first;
    this.#reason = reason;
    this.#last = last;
    return before;
  }

  /** What follows is left out: markers go on being joined, until they are taken; what else waits separates nothing. */
  leaveOut(): void {
    if (this.#reason === "markers") this.#isSparse = true;
    else this.#reason = null;
  }

  /** A control record of the gap that was just added. */
  mark(control: Control, producerId: bigint): void {
    if (control === "other") return;
    if (control === "commit") this.#commits += 1;
    else this.#aborts += 1;
    // A producer's next marker ends a transaction of which no row is shown.
    if (!this.#ended.has(producerId)) this.#ended.set(producerId, control);
  }

  /** What waits; then nothing does. */
  take(): GapRow | null {
    if (this.#reason === null) return null;
    const row: Mutable<GapRow> = { gap: [this.#place, `${this.#first}`, `${this.#last}`], reason: this.#reason };
    if (this.#reason === "markers") {
      row.commits = this.#commits;
      row.aborts = this.#aborts;
      const of = (wanted: Control) =>
        [...this.#ended].filter(([, control]) => control === wanted).map(([producerId]) => `${producerId}`);
      const [aborted, committed] = [of("abort"), of("commit")];
      if (aborted.length > 0) row.aborted = aborted;
      if (committed.length > 0) row.committed = committed;
    }
    this.#reason = null;
    this.#isSparse = false;
    this.#commits = 0;
    this.#aborts = 0;
    this.#ended.clear();
    return row;
  }
}
