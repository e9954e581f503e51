import type { ChangeAction, ChangedPartition } from "#lib/contracts/changes.ts";

/** A committed offset with what an undo needs to give it back exactly. */
export type SavedOffset = NonNullable<ChangedPartition["before"]>;

/** One partition of a change of offsets as it is intended; null: no commit. */
export interface IntendedPartition extends Pick<ChangedPartition, "topic" | "partition" | "before" | "after"> {
  /** Left out where it isn't known. */
  readonly topicId?: string;
}

/** What became of one. `after` is what was read back, and left out when it is as intended, or wasn't read. */
export interface EndedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly outcome: NonNullable<ChangedPartition["outcome"]>;
  readonly detail: string | null;
  readonly after?: SavedOffset | null;
}

/** A change that is about to be made. Never put a secret into any of it. */
export interface Change {
  readonly action: ChangeAction;
  /** What it is done to: `{ topic: "orders" }`. */
  readonly target: {
    readonly topic?: string;
    readonly partition?: number;
    readonly group?: string;
    readonly broker?: number;
  };
  /** What is there before; null when nothing is, or when `partitions` tell. Plain JSON, a few kilobytes. */
  readonly before: unknown;
  /** What is asked for. */
  readonly after: unknown;
  /** Of a change of offsets. */
  readonly partitions?: readonly IntendedPartition[];
  /** What the moves were worked out from: "to 2026-11-21T02:20:00.000Z". */
  readonly targetText?: string;
  /** The id of the change that this one takes back. */
  readonly undoes?: string | null;
}

/** What came of a change. */
export interface Outcome {
  /** "done" unless said otherwise. */
  readonly state?: "done" | "partial" | "failed";
  /** Beyond what was asked for: the offset that a message got. Plain JSON. */
  readonly detail?: unknown;
  readonly partitions?: readonly EndedPartition[];
}

/** What a change came back with, and what is on record of it. */
export interface Recorded<T> {
  readonly result: T;
  /** Its id in the change log; null when it is on record nowhere but in this server's own log. */
  readonly change: string | null;
  /** What went wrong with the record, and what is on record; null when it is complete, or none is wanted (`audit: off`). */
  readonly recordProblem: string | null;
}
