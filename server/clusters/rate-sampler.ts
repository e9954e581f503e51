const STEP_MS = 5_000;
const STEPS = 60;
/** It goes on this long after somebody last asked. */
const WANTED_FOR_MS = 3 * 60_000;

/** High watermarks of all topics at one moment. */
export interface WatermarkSample {
  readonly topics: readonly {
    readonly name: string;
    /** Tells a topic that was deleted and made again; null when the broker has no ids. */
    readonly topicId: string | null;
    /** By partition; null where it could not be read. */
    readonly highWatermarks: readonly (bigint | null)[];
  }[];
}

/** Messages a second. `rates[i]` is over the step that ended at `atMs[i]`; null: no reading. */
export interface Rates {
  readonly atMs: readonly number[];
  readonly byTopic: ReadonlyMap<string, readonly (number | null)[]>;
  /** Over all partitions that could be read at both ends of the step. */
  readonly total: readonly (number | null)[];
  /** The first sample; null before there are two. */
  readonly sinceMs: number | null;
  /** When high watermarks were last read. */
  readonly observedAtMs: number | null;
}

interface Series {
  topicId: string | null;
  last: readonly (bigint | null)[] | null;
  rates: (number | null)[];
}

/**
 * How fast each topic grows, from its high watermarks every 5 s over 5 minutes. Runs only while somebody looks, holds only
 * that window, and can be recomputed: nothing depends on it.
 */
export class RateSampler {
  readonly #read: (signal: AbortSignal) => Promise<WatermarkSample>;
  readonly #topics = new Map<string, Series>();
  #atMs: number[] = [];
  #total: (number | null)[] = [];
  #sinceMs: number | null = null;
  #lastReadMs: number | null = null;
  #wantedUntilMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #running: AbortController | null = null;

  constructor(read: (signal: AbortSignal) => Promise<WatermarkSample>) {
    this.#read = read;
  }

  /** Says that somebody looks: starts sampling, or keeps it going for three more minutes. */
  want(): void {
    this.#wantedUntilMs = Date.now() + WANTED_FOR_MS;
    if (this.#running !== null) return;
    this.#reset();
    this.#running = new AbortController();
    void this.#step(this.#running);
  }

  rates(): Rates {
    return {
      atMs: this.#atMs,
      byTopic: new Map([...this.#topics].map(([name, { rates }]) => [name, rates])),
      total: this.#total,
      sinceMs: this.#atMs.length === 0 ? null : this.#sinceMs,
      observedAtMs: this.#lastReadMs,
    };
  }

  close(): void {
    this.#running?.abort();
    this.#running = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #step(run: AbortController): Promise<void> {
    const startedMs = Date.now();
    // A reading that failed is a step without values, not an error: the services say what is wrong with the cluster.
    const sample = await this.#read(run.signal).catch(() => null);
    if (this.#running !== run) return;
    this.#add(sample, startedMs);
    if (Date.now() >= this.#wantedUntilMs) return this.close();
    this.#timer = setTimeout(() => void this.#step(run), Math.max(0, startedMs + STEP_MS - Date.now()));
    this.#timer.unref();
  }

  #reset(): void {
    this.#topics.clear();
    this.#atMs = [];
    this.#total = [];
    this.#sinceMs = null;
    this.#lastReadMs = null;
  }

  #add(sample: WatermarkSample | null, atMs: number): void {
    if (this.#sinceMs === null) {
      if (sample === null) return;
      this.#sinceMs = atMs;
      this.#lastReadMs = atMs;
      for (const { name, topicId, highWatermarks } of sample.topics) {
        this.#topics.set(name, { topicId, last: highWatermarks, rates: [] });
      }
      return;
    }
    const seconds = (atMs - (this.#atMs.at(-1) ?? this.#sinceMs)) / 1000;
    if (seconds <= 0) return;
    if (sample === null) this.#addNothing();
    else {
      this.#lastReadMs = atMs;
      this.#addSample(sample, seconds);
    }
    this.#atMs = [...this.#atMs, atMs].slice(-STEPS);
  }

  #addNothing(): void {
    for (const series of this.#topics.values()) {
      series.last = null;
      series.rates = [...series.rates, null].slice(-STEPS);
    }
    this.#total = [...this.#total, null].slice(-STEPS);
  }

  #addSample(sample: WatermarkSample, seconds: number): void {
    let total = 0;
    let read = sample.topics.length === 0;
    const present = new Set<string>();
    for (const { name, topicId, highWatermarks } of sample.topics) {
      present.add(name);
      const series = this.#topics.get(name) ?? { topicId, last: null, rates: this.#atMs.map(() => null) };
      const last = series.topicId === topicId ? series.last : null;
      const { written, complete, readable } = growth(last, highWatermarks);
      total += written / seconds;
      read ||= readable;
      series.rates = [...series.rates, complete ? rounded(written / seconds) : null].slice(-STEPS);
      series.topicId = topicId;
      series.last = highWatermarks;
      this.#topics.set(name, series);
    }
    for (const name of this.#topics.keys()) if (!present.has(name)) this.#topics.delete(name);
    this.#total = [...this.#total, read ? rounded(total) : null].slice(-STEPS);
  }
}

/**
 * @returns how many messages the partitions grew by that could be read both times; `complete` when all could;
 * `readable` when any could
 */
function growth(
  before: readonly (bigint | null)[] | null,
  now: readonly (bigint | null)[],
): { readonly written: number; readonly complete: boolean; readonly readable: boolean } {
  if (before === null) return { written: 0, complete: false, readable: false };
  let written = 0n;
  let complete = true;
  let readable = false;
  for (const [partition, high] of now.entries()) {
    // A partition added since then began at 0.
    const low = partition < before.length ? (before[partition] ?? null) : 0n;
    // Lower than before: an unclean leader lost messages. That is no rate.
    if (high === null || low === null || high < low) complete = false;
    else {
      readable = true;
      written += high - low;
    }
  }
  return { written: Number(written), complete, readable };
}

function rounded(rate: number): number {
  return rate < 10 ? Math.round(rate * 100) / 100 : Math.round(rate * 10) / 10;
}
