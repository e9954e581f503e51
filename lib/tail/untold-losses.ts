import type { Losses, LossReason } from "../contracts/tail.ts";
import { entriesOf } from "./tail-figures.ts";

/** These have rows of their own: the batch that could not be read says so itself. */
const toldByRows: ReadonlySet<LossReason> = new Set(["oversize", "undecodable"]);

/**
 * Losses that the counts tell and no gap frame did: nothing is lost in silence. A gap frame may come a little after the
 * counts that hold it, so a loss counts as untold only when it still is at the next counts.
 */
export class UntoldLosses {
  #counted = new Map<LossReason, number>();
  #told = new Map<LossReason, number>();
  #before = new Map<LossReason, number>();

  beginStream(): void {
    this.#counted.clear();
    this.#told.clear();
    this.#before.clear();
  }

  tell(losses: Losses): void {
    for (const [reason, count] of entriesOf(losses)) add(this.#told, reason, count);
  }

  /** Takes what was newly counted. @returns what must be told now, by a divider of the page's own */
  count(newly: Losses): Losses {
    for (const [reason, count] of entriesOf(newly)) {
      if (!toldByRows.has(reason)) add(this.#counted, reason, count);
    }
    const due: Losses = {};
    for (const [reason, counted] of this.#counted) {
      const untold = counted - (this.#told.get(reason) ?? 0);
      const now = Math.min(untold, this.#before.get(reason) ?? 0);
      if (now > 0) {
        due[reason] = now;
        add(this.#told, reason, now);
      }
      this.#before.set(reason, Math.max(0, untold - Math.max(0, now)));
    }
    return due;
  }
}

function add(map: Map<LossReason, number>, reason: LossReason, count: number): void {
  map.set(reason, (map.get(reason) ?? 0) + count);
}
