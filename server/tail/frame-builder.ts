import type { LensYield } from "../reader/lens.ts";
import { Covered } from "./covered.ts";
import { messagesFrame } from "./frames.ts";
import type { Times } from "./losses.ts";
import { nextOf } from "./positions.ts";
import { Tally } from "./tally.ts";

/** A `messages` frame, made once for all who share a lens, with what each of them has to keep account of. */
export interface MessagesFrame {
  readonly bytes: Uint8Array;
  readonly tally: Tally;
  /** The offsets it is about, whether they matched or not. */
  readonly covers: Covered;
  /** By place, where reading goes on. */
  readonly next: ReadonlyMap<number, bigint>;
  /** Of `covers`, where messages were sampled away. */
  readonly sampled: { readonly count: number; readonly ranges: Covered };
  readonly times: Times;
}

/** Collects what lenses show until a frame is due. */
export class FrameBuilder {
  #rows: string[] = [];
  #tally = new Tally();
  #covers = new Covered();
  #next = new Map<number, bigint>();
  #sampled = { count: 0, ranges: new Covered() };
  #fromMs: number | null = null;
  #toMs: number | null = null;

  get hasRows(): boolean {
    return this.#rows.length > 0;
  }

  get isEmpty(): boolean {
    return this.#next.size === 0;
  }

  /** @param positions by place, where the yield's offsets begin: moved to where they end */
  add(shown: LensYield, positions: Map<number, bigint>): void {
    if (shown.rows !== "") this.#rows.push(shown.rows);
    this.#tally.addYield(shown);
    for (const { place, next, sampled, sampledRange, fromMs, toMs } of shown.partitions) {
      const from = positions.get(place);
      if (from !== undefined && next <= from) continue;
      if (from !== undefined) this.#covers.add(place, [from, next]);
      positions.set(place, next);
      this.#next.set(place, next);
      if (sampledRange !== null) {
        this.#sampled.count += sampled;
        this.#sampled.ranges.add(place, [sampledRange[0], sampledRange[1] + 1n]);
      }
      if (fromMs !== null && (this.#fromMs === null || fromMs < this.#fromMs)) this.#fromMs = fromMs;
      if (toMs !== null && (this.#toMs === null || toMs > this.#toMs)) this.#toMs = toMs;
    }
  }

  /** The frame of all that was added; null when nothing was. */
  build(): MessagesFrame | null {
    if (this.isEmpty) return null;
    const built: MessagesFrame = {
      bytes: messagesFrame(nextOf(this.#next), this.#rows),
      tally: this.#tally,
      covers: this.#covers,
      next: this.#next,
      sampled: this.#sampled,
      times: { fromMs: this.#fromMs, toMs: this.#toMs },
    };
    this.#rows = [];
    this.#tally = new Tally();
    this.#covers = new Covered();
    this.#next = new Map();
    this.#sampled = { count: 0, ranges: new Covered() };
    this.#fromMs = null;
    this.#toMs = null;
    return built;
  }
}
