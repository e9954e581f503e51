import { type Losses, type LossReason, lossReasons } from "#lib/contracts/tail.ts";
import type { LensYield } from "../reader/lens.ts";

/** Counts of messages: `in` = rejected by the filter + `sent` + all of `lost`; matched = sent + lost. */
export class Tally {
  in = 0;
  matched = 0;
  sent = 0;
  /** As stored. */
  bytes = 0;
  readonly #lost = new Map<LossReason, number>();

  get isEmpty(): boolean {
    return this.in === 0 && this.bytes === 0;
  }

  get lost(): Losses {
    const losses: Losses = {};
    for (const reason of lossReasons) {
      const count = this.#lost.get(reason) ?? 0;
      if (count > 0) losses[reason] = count;
    }
    return losses;
  }

  lose(reason: LossReason, count: number): void {
    if (count > 0) this.#lost.set(reason, (this.#lost.get(reason) ?? 0) + count);
  }

  add(other: Tally): void {
    this.in += other.in;
    this.matched += other.matched;
    this.sent += other.sent;
    this.bytes += other.bytes;
    for (const [reason, count] of other.#lost) this.lose(reason, count);
  }

  /** What came of a chunk. Messages that could not be looked at count as matched: they may have been wanted. */
  addYield({ sent, partitions }: LensYield): void {
    this.sent += sent;
    for (const one of partitions) {
      this.in += one.in;
      this.matched += one.matched + one.oversize + one.undecodable;
      this.bytes += one.bytes;
      this.lose("sampled", one.sampled);
      this.lose("oversize", one.oversize);
      this.lose("undecodable", one.undecodable);
    }
  }

  /** The same, if what was sent is not sent after all. */
  dropped(): Tally {
    const tally = new Tally();
    tally.add(this);
    tally.sent = 0;
    tally.lose("slow-client", this.sent);
    return tally;
  }
}
