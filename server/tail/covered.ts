/** Offsets, by place: from (inclusive) to (exclusive). */
export type Range = readonly [from: bigint, to: bigint];

/** By place, offsets that lie next to each other: ranges that meet become one. */
export class Covered {
  readonly #ranges = new Map<number, [bigint, bigint][]>();

  get isEmpty(): boolean {
    return this.#ranges.size === 0;
  }

  /** How many ranges there are. */
  get size(): number {
    let size = 0;
    for (const ranges of this.#ranges.values()) size += ranges.length;
    return size;
  }

  /** Ranges of one place come in order. */
  add(place: number, [from, to]: Range): void {
    if (to <= from) return;
    const ranges = this.#ranges.get(place);
    const last = ranges?.at(-1);
    if (ranges === undefined) this.#ranges.set(place, [[from, to]]);
    else if (last !== undefined && last[1] >= from) last[1] = to > last[1] ? to : last[1];
    else ranges.push([from, to]);
  }

  /** Fewer ranges, which hold more: one for each place. */
  merge(): void {
    for (const [place, ranges] of this.#ranges) {
      const [first] = ranges;
      const last = ranges.at(-1);
      if (first && last) this.#ranges.set(place, [[first[0], last[1]]]);
    }
  }

  *[Symbol.iterator](): Iterator<readonly [number, Range]> {
    for (const [place, ranges] of this.#ranges) for (const range of ranges) yield [place, range];
  }
}
