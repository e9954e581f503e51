import type { BatchHeader } from "../reader/record-batch.ts";
import type { Damage } from "./damage.ts";
import type { OffsetEntry } from "./sparse-index.ts";

type Entry = OffsetEntry & { readonly number: number };

/**
 * Holds an offset index against the batches of its log, which are told in their order. An entry is right when a batch begins
 * at its place and one from there to the next entry holds its offset: Kafka 4 indexes a batch by its last offset, brokers
 * before it all that came in one append, and the cleaner of those by the last offset that it kept.
 */
export class OffsetIndexCheck {
  readonly #file: string;
  readonly #entryBytes: number;
  readonly #entries: readonly OffsetEntry[];
  readonly #onDamage: (damage: Damage) => void;
  #next = 0;
  /** A batch begins at its place; the one with its offset hasn't come yet. */
  #open: Entry | null = null;

  constructor(file: string, entryBytes: number, entries: readonly OffsetEntry[], onDamage: (damage: Damage) => void) {
    this.#file = file;
    this.#entryBytes = entryBytes;
    this.#entries = entries;
    this.#onDamage = onDamage;
  }

  take(position: number, { baseOffset, lastOffset }: BatchHeader): void {
    this.#pass(position);
    const entry = this.#entries[this.#next];
    if (entry?.position === position) {
      this.#giveUp("no batch from there to the next entry holds that offset");
      this.#open = { ...entry, number: this.#next++ };
    }
    if (this.#open === null || this.#open.offset > lastOffset) return;
    if (this.#open.offset < baseOffset) {
      this.#giveUp(`the batches there are beyond that offset: one begins with ${baseOffset}`);
    }
    this.#open = null;
  }

  /** Where the next batches must begin, when it can't be told where one ended. */
  *after(position: number): Generator<OffsetEntry> {
    let at = this.#next;
    for (let entry = this.#entries[at]; entry !== undefined; entry = this.#entries[++at]) {
      if (entry.position > position) yield entry;
    }
  }

  /** From here to there nothing can be read: whether entries are right isn't known. */
  skip(to: number): void {
    this.#open = null;
    for (let entry = this.#entries[this.#next]; entry !== undefined && entry.position < to; ) {
      entry = this.#entries[++this.#next];
    }
  }

  /** @param logEnds how long the log is */
  end(logEnds: number): void {
    this.#giveUp("no batch from there to the log's end holds that offset");
    this.#pass(Number.POSITIVE_INFINITY, logEnds);
  }

  /** Those whose place was passed: no batch began there. */
  #pass(position: number, logEnds = Number.POSITIVE_INFINITY): void {
    for (;;) {
      const entry = this.#entries[this.#next];
      if (entry === undefined || entry.position >= position) return;
      const why = entry.position >= logEnds ? `the log ends at byte ${logEnds}` : "no batch begins there";
      this.#wrong({ ...entry, number: this.#next++ }, why);
    }
  }

  #giveUp(why: string): void {
    if (this.#open !== null) this.#wrong(this.#open, why);
    this.#open = null;
  }

  #wrong({ number, offset, position }: Entry, why: string): void {
    this.#onDamage({
      file: this.#file,
      position: number * this.#entryBytes,
      kind: "index-points-wrong",
      detail: `Entry ${number} says that offset ${offset} is at byte ${position} or after it: ${why}.`,
    });
  }
}
