import type { LossReason, TailFrames } from "#lib/contracts/tail.ts";
import { Covered, type Range } from "./covered.ts";

/** More ranges than that become one for each partition. */
const MAX_RANGES = 200;

/** A time between which something was lost; null where it isn't known. */
export interface Times {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** What a viewer was not sent since they were last told. */
export class LossLedger {
  readonly #reason: LossReason;
  #count = 0;
  #ranges = new Covered();
  #fromMs: number | null = null;
  #toMs: number | null = null;

  constructor(reason: LossReason) {
    this.#reason = reason;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  lose(count: number, ranges: Iterable<readonly [number, Range]>, { fromMs, toMs }: Times): void {
    if (count === 0) return;
    this.#count += count;
    for (const [place, range] of ranges) this.#ranges.add(place, range);
    if (this.#ranges.size > MAX_RANGES) this.#ranges.merge();
    this.#fromMs = smaller(this.#fromMs, fromMs);
    this.#toMs = larger(this.#toMs, toMs);
  }

  /**
   * The gap that tells it, and nothing is left to tell; null when nothing was lost. What a slow client lost lies before
   * whatever they are sent next, so the gap moves their cursor; what was sampled away lies among what they got.
   */
  tell(): TailFrames["gap"] | null {
    if (this.isEmpty) return null;
    const next = new Map<number, string>();
    if (this.#reason === "slow-client") for (const [place, [, to]] of this.#ranges) next.set(place, to.toString());
    const gap: TailFrames["gap"] = {
      reason: "lost",
      ranges: Array.from(this.#ranges, ([place, [from, to]]) => [place, from.toString(), (to - 1n).toString()]),
      lost: { [this.#reason]: this.#count },
      ...(this.#fromMs !== null && { fromMs: this.#fromMs }),
      ...(this.#toMs !== null && { toMs: this.#toMs }),
      next: [...next],
      detail: details[this.#reason].replace("%", messages(this.#count)),
    };
    this.#count = 0;
    this.#ranges = new Covered();
    this.#fromMs = null;
    this.#toMs = null;
    return gap;
  }
}

function messages(count: number): string {
  return count === 1 ? "1 message was" : `${count.toLocaleString("en")} messages were`;
}

const details: Readonly<Record<LossReason, string>> = {
  "slow-client":
    "% not sent: this viewer took messages more slowly than they came. A filter, fewer partitions or a faster connection help; these offsets can still be loaded.",
  sampled:
    "% not sent: more came than a screen can show, so an even spread of them was. A filter shows all that match; these offsets can still be loaded.",
  oversize: "% in batches too large to unpack.",
  undecodable: "% in batches that can't be read.",
  "filter-error": "% not sent: the filter failed on them.",
};

function smaller(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b < a) ? b : a;
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}
