/** Three steps of 10 s, and a little: what stood before and stands after a longer one may have moved meanwhile, or been unable to. */
export const LONGEST_GAP_MS = 35_000;

/**
 * A partition that was told before and isn't now counts as unread so many samples: a refusal or a rebalance is over by then. After that
 * it is no longer the group's.
 */
export const MISSED_SAMPLES = 6;

/** When each sample was taken. Samples are numbered from 0; the last `depth` of them are held, each in slot number % depth. */
export class SampleTimes {
  #at: Float64Array;
  #newest = -1;
  /** Older ones were given up with the room they took. */
  #first = 0;

  constructor(depth: number) {
    this.#at = new Float64Array(depth);
  }

  get depth(): number {
    return this.#at.length;
  }

  /** The number of the newest sample; -1 before the first. */
  get newest(): number {
    return this.#newest;
  }

  /** The number of the oldest one that is held. */
  get oldest(): number {
    return Math.max(this.#first, this.#newest - this.depth + 1);
  }

  at(sample: number): number {
    return this.#at[this.slot(sample)] ?? Number.NaN;
  }

  slot(sample: number): number {
    return sample % this.depth;
  }

  /**
   * Makes room for the next sample, whose number this tells: the oldest one goes. What is recorded of it is not read before `end`,
   * so that it can be recorded little by little.
   */
  begin(atMs: number): number {
    const sample = this.#newest + 1;
    this.#first = Math.max(this.#first, sample - this.depth + 1);
    this.#at[this.slot(sample)] = atMs;
    return sample;
  }

  /** The sample that was begun is the newest now. */
  end(): void {
    this.#newest++;
  }

  resize(depth: number): void {
    this.#first = Math.max(this.oldest, this.#newest - depth + 1);
    this.#at = resizedRing(this.#at, 1, this.depth, depth, this.#newest, (length) => new Float64Array(length));
  }
}

/** A ring of samples for each of `columns` things, with another depth: the newest samples that fit in both stay. */
export function resizedRing<T extends Float64Array | BigInt64Array | Uint8Array>(
  old: T,
  columns: number,
  oldDepth: number,
  depth: number,
  newest: number,
  make: (length: number) => T,
): T {
  const ring = make(columns * depth);
  const kept = Math.min(oldDepth, depth, newest + 1);
  for (let column = 0; column < columns; column++) {
    for (let sample = newest - kept + 1; sample <= newest; sample++) {
      const value = old[column * oldDepth + (sample % oldDepth)];
      if (value !== undefined) ring[column * depth + (sample % depth)] = value;
    }
  }
  return ring;
}

/** The same array with room for more columns of `depth` each; new room holds what `make` fills it with. */
export function widened<T extends Float64Array | BigInt64Array | Uint8Array>(
  old: T,
  length: number,
  make: (length: number) => T,
): T {
  const wide = make(length);
  // One of the three kinds, and both the same.
  (wide as Float64Array).set(old as Float64Array);
  return wide;
}

export function unreadFloats(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}
