import type { AbortedTransaction } from "./fetched-chunk.ts";
import type { StoredBatch } from "./stored-batch.ts";

/**
 * Which batches belong to aborted transactions, told by a Fetch's list while going through the batches in order.
 * @see KIP-98, "Consumer": a transaction is aborted from its first offset to its producer's next marker
 */
export class AbortedTransactions {
  readonly #coming: AbortedTransaction[];
  readonly #open = new Set<bigint>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#coming = aborted.toSorted((a, b) => (b.firstOffset > a.firstOffset ? 1 : -1));
  }

  /** True when a batch is to be left out. Each batch is asked about once, markers too. */
  take({ header, control, transactional }: StoredBatch): boolean {
    for (
      let first = this.#coming.at(-1);
      first && first.firstOffset <= header.lastOffset;
      first = this.#coming.at(-1)
    ) {
      this.#open.add(first.producerId);
      this.#coming.pop();
    }
    if (control) this.#open.delete(header.producerId);
    return !control && transactional && this.#open.has(header.producerId);
  }
}
