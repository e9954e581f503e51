import type { GapRow, MessageRow } from "../contracts/message-row.ts";
import type { Outcome } from "./tail-entry.ts";

/** Rows whose transactions nobody ended: more than this, and the oldest stay undecided on screen. */
const MAX_OPEN_ROWS = 50_000;

/**
 * Which rows are of aborted transactions: known only when the marker comes that ends the transaction. Reads the rows it is
 * given and remembers the verdict beside them, so that a row stays as the server sent it.
 */
export class TransactionOutcomes {
  /** By place and producer, the rows since its last marker. */
  readonly #open = new Map<string, MessageRow[]>();
  #openRows = 0;
  readonly #verdicts = new WeakMap<MessageRow, Outcome>();

  of(row: MessageRow): Outcome | undefined {
    return this.#verdicts.get(row);
  }

  /** @returns true when the row is part of a transaction */
  take(row: MessageRow): boolean {
    const producer = row[5]?.transaction;
    if (producer === undefined) return false;
    const key = `${row[0]}/${producer}`;
    const rows = this.#open.get(key);
    if (rows === undefined) this.#open.set(key, [row]);
    else rows.push(row);
    this.#openRows += 1;
    while (this.#openRows > MAX_OPEN_ROWS) this.#forgetOldest();
    return true;
  }

  /** A marker ends what its producers had open in its partition. */
  end({ gap: [place], aborted = [], committed = [] }: GapRow): void {
    for (const producer of aborted) this.#decide(`${place}/${producer}`, "aborted");
    for (const producer of committed) this.#decide(`${place}/${producer}`, "committed");
  }

  #decide(key: string, outcome: Outcome): void {
    const rows = this.#open.get(key);
    if (rows === undefined) return;
    for (const row of rows) this.#verdicts.set(row, outcome);
    this.#drop(key, rows);
  }

  #forgetOldest(): void {
    const [oldest] = this.#open;
    if (oldest !== undefined) this.#drop(...oldest);
  }

  #drop(key: string, rows: readonly MessageRow[]): void {
    this.#open.delete(key);
    this.#openRows -= rows.length;
  }
}
