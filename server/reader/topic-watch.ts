import { ProblemError } from "#lib/problem.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { type Metadata, readMetadata } from "../kafka/read-metadata.ts";

/** Names, or null for all topics. */
export type Watched = readonly string[] | null;

export interface TopicWatcher {
  onMetadata(metadata: Metadata): void;
  /** It threw at the metadata, and is told why; the others go on. */
  onFailure(problem: ProblemError): void;
  /** The metadata could not be read this time. */
  onProblem(problem: ProblemError): void;
}

/** How soon a new partition, leader or topic is noticed without an error that tells of it. */
const EVERY_MS = 2_000;
/** Between one look and the next when an error tells that leaders have changed: an election takes a moment. */
const SOON_MS = 100;

/** Looks at topics and their leaders every 2 s, and sooner when asked, until its last watcher leaves. */
export class TopicWatch {
  readonly #kafka: ClusterConnections;
  readonly #watched: Watched;
  readonly #watchers = new Set<TopicWatcher>();
  readonly #onUnwatched: () => void;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #dueMs = Number.POSITIVE_INFINITY;
  #reading = false;
  #again = false;
  #readAtMs = 0;

  /** @param onUnwatched called when the last watcher has left */
  constructor(kafka: ClusterConnections, watched: Watched, onUnwatched: () => void) {
    this.#kafka = kafka;
    this.#watched = watched;
    this.#onUnwatched = onUnwatched;
  }

  /** @returns what ends it */
  subscribe(watcher: TopicWatcher): () => void {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) this.#schedule(EVERY_MS);
    return () => {
      if (!this.#watchers.delete(watcher) || this.#watchers.size > 0) return;
      this.close();
      this.#onUnwatched();
    };
  }

  /** Leaders or topics have changed: looks again within 0.1 s. */
  lookSoon(): void {
    if (this.#reading) this.#again = true;
    else if (this.#watchers.size > 0) this.#schedule(Math.max(0, this.#readAtMs + SOON_MS - performance.now()));
  }

  close(): void {
    this.#ending.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  #schedule(ms: number): void {
    const dueMs = performance.now() + ms;
    if (this.#timer !== null && this.#dueMs <= dueMs) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    this.#timer = null;
    this.#dueMs = Number.POSITIVE_INFINITY;
    const { signal } = this.#ending;
    this.#reading = true;
    this.#again = false;
    try {
      const metadata = await readMetadata(this.#kafka, this.#watched, signal);
      if (signal.aborted) return;
      for (const watcher of [...this.#watchers]) tell(watcher, metadata);
    } catch (error) {
      if (signal.aborted) return;
      for (const watcher of [...this.#watchers]) watcher.onProblem(problemOf(error));
    } finally {
      this.#reading = false;
      this.#readAtMs = performance.now();
      if (!signal.aborted && this.#watchers.size > 0) this.#schedule(this.#again ? SOON_MS : EVERY_MS);
    }
  }
}

function tell(watcher: TopicWatcher, metadata: Metadata): void {
  try {
    watcher.onMetadata(metadata);
  } catch (error) {
    watcher.onFailure(problemOf(error));
  }
}

function problemOf(cause: unknown): ProblemError {
  if (cause instanceof ProblemError) return cause;
  return new ProblemError("internal", "The topics could not be looked at: something in Tailrace failed.", { cause });
}
