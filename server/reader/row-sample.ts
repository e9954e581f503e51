import type { PartitionTally } from "./partition-tally.ts";
import type { RowBuffer } from "./row-buffer.ts";

/** Rows of one chunk take no more: a batch of zeros unpacks to millions of messages. */
const MAX_ROWS_BYTES = 32 * 1_048_576;

/**
 * Which of the messages that match become rows, when they are too many: every n-th, where n doubles (and half of the rows
 * goes) whenever the rows still are too many. Counts by partition what is left out.
 */
export class RowSample {
  readonly #rows: RowBuffer;
  readonly #maxRows: number;
  readonly #tallies = new Map<number, PartitionTally>();
  #tally: PartitionTally | null = null;
  #every: number;
  #untilNext = 0;

  /** @param expected how many messages will match, if that is known; else 0 */
  constructor(rows: RowBuffer, maxRows: number, expected: number) {
    this.#rows = rows;
    this.#maxRows = maxRows;
    this.#every = maxRows > 0 ? Math.max(1, Math.ceil(expected / maxRows)) : Number.POSITIVE_INFINITY;
    if (maxRows <= 0) this.#untilNext = Number.POSITIVE_INFINITY;
  }

  beginPartition(tally: PartitionTally): void {
    this.#tally = tally;
    this.#tallies.set(tally.place, tally);
  }

  /** Whether the message that has just matched becomes a row. */
  wants(): boolean {
    if (this.#untilNext > 0) {
      this.#untilNext -= 1;
      return false;
    }
    this.#untilNext = this.#every - 1;
    return true;
  }

  leaveOut(offset: bigint): void {
    if (this.#tally !== null) count(this.#tally, offset);
  }

  /** A row was written. */
  kept(): void {
    const { messages, length } = this.#rows;
    if (messages <= this.#maxRows && (length <= MAX_ROWS_BYTES || messages < 2)) return;
    // The newest row is left out when its ordinal is odd: then the next one stays.
    const newestStays = messages % 2 === 1;
    this.#rows.halve((place, offset) => {
      const tally = this.#tallies.get(place);
      if (tally !== undefined) count(tally, offset);
    });
    this.#untilNext = newestStays ? this.#every * 2 - 1 : this.#every - 1;
    this.#every *= 2;
  }
}

function count(tally: PartitionTally, offset: bigint): void {
  tally.sampled += 1;
  const [first, last] = tally.sampledRange ?? [offset, offset];
  tally.sampledRange = [offset < first ? offset : first, offset > last ? offset : last];
}
