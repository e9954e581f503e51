import type { BatchHeader } from "../reader/record-batch.ts";
import type { Damage } from "./damage.ts";
import type { TimeEntry } from "./sparse-index.ts";

/**
 * Holds a time index against the batches of its log, which are told in their order: an entry is the largest timestamp up to
 * its offset, so none before it is larger, and one up to its batch is as large.
 */
export class TimeIndexCheck {
  readonly #file: string;
  readonly #entryBytes: number;
  readonly #entries: readonly TimeEntry[];
  readonly #onDamage: (damage: Damage) => void;
  #next = 0;
  #largest = -1n;

  constructor(file: string, entryBytes: number, entries: readonly TimeEntry[], onDamage: (damage: Damage) => void) {
    this.#file = file;
    this.#entryBytes = entryBytes;
    this.#entries = entries;
    this.#onDamage = onDamage;
  }

  take({ lastOffset, maxTimestamp }: BatchHeader): void {
    const before = this.#largest;
    if (maxTimestamp > this.#largest) this.#largest = maxTimestamp;
    for (;;) {
      const entry = this.#entries[this.#next];
      if (entry === undefined || entry.offset > lastOffset) return;
      if (entry.timestampMs < before) this.#wrong(entry, `a batch before it has ${before}`);
      else if (entry.timestampMs > this.#largest)
        this.#wrong(entry, `no batch up to there has more than ${this.#largest}`);
      this.#next++;
    }
  }

  /** Batches between couldn't be read: which timestamps they have isn't known. */
  skip(): void {
    this.#next = this.#entries.length;
  }

  /** @param lastOffset of the log */
  end(lastOffset: bigint): void {
    for (let entry = this.#entries[this.#next]; entry !== undefined; entry = this.#entries[++this.#next]) {
      this.#wrong(entry, `the log ends with offset ${lastOffset}`);
    }
  }

  #wrong({ timestampMs, offset }: TimeEntry, why: string): void {
    this.#onDamage({
      file: this.#file,
      position: this.#next * this.#entryBytes,
      kind: "index-points-wrong",
      detail: `Entry ${this.#next} says that ${timestampMs} is the largest timestamp up to offset ${offset}: ${why}.`,
    });
  }
}
