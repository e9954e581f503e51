import type { ProblemError } from "#lib/problem.ts";
import type { TailStart } from "#lib/tail/start.ts";

/** One partition that a reader reads, and how far it is. */
export interface PartitionPosition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  /** Null until its first offset is known. */
  place: number | null;
  /** Where to begin, or to go on after the offset turned out to be none of the log's; null once that is known. */
  start: TailStart | null;
  /** The next offset to fetch; means something only when `start` is null. */
  next: bigint;
  /** As the last answer told; null while unknown. The last stable offset when reading committed. */
  end: bigint | null;
  leader: number | null;
  /** Grows with each election: what is older is not believed. */
  leaderEpoch: number;
  /** Why it isn't read just now, since when, and when to try again; by `performance.now()`. */
  trouble: Trouble | null;
}

export interface Trouble {
  readonly why: ProblemError;
  readonly sinceMs: number;
  readonly untilMs: number;
}
