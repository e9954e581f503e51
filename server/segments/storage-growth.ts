interface Sample {
  readonly atMs: number;
  readonly bytes: bigint;
}

interface Samples {
  readonly topicId: string | null;
  readonly samples: Sample[];
}

/** Topics that somebody looks at. */
const MAX_TOPICS = 500;
const WINDOW_MS = 10 * 60_000;
/** Closer together, sizes tell no rate, and many viewers would shorten the window. */
const LEAST_APART_MS = 5_000;
const MAX_SAMPLES = WINDOW_MS / LEAST_APART_MS;

export interface Growth {
  /** Below 0: more was deleted than came. */
  readonly bytesPerSecond: number;
  /** Between the first sample and the last. */
  readonly overMs: number;
}

/**
 * How fast topics grow on disk, from their leaders' sizes each time that somebody asks for a topic's storage. What retention frees
 * counts against it.
 */
export class StorageGrowth {
  /** Least recently asked for first. */
  readonly #topics = new Map<string, Samples>();

  /**
   * Adds a sample.
   * @param topicId a topic that was made again starts anew
   * @param bytes of all leaders; null: not all of them told
   * @returns over the samples of the last ten minutes; null before there are two, or without this one
   */
  add(topic: string, topicId: string | null, bytes: bigint | null, atMs: number): Growth | null {
    const before = this.#topics.get(topic);
    const kept = before?.topicId === topicId ? before.samples.filter((one) => one.atMs > atMs - WINDOW_MS) : [];
    const newest = kept.at(-1);
    if (bytes !== null && (newest === undefined || atMs - newest.atMs >= LEAST_APART_MS)) kept.push({ atMs, bytes });
    this.#topics.delete(topic);
    this.#topics.set(topic, { topicId, samples: kept.slice(-MAX_SAMPLES) });
    const [oldest] = this.#topics.keys();
    if (this.#topics.size > MAX_TOPICS && oldest !== undefined) this.#topics.delete(oldest);
    const [first, last] = [kept[0], kept.at(-1)];
    if (bytes === null || first === undefined || last === undefined || last.atMs <= first.atMs) return null;
    const overMs = last.atMs - first.atMs;
    return { bytesPerSecond: Number(last.bytes - first.bytes) / (overMs / 1_000), overMs };
  }
}
