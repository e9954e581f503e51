import type { ProblemError } from "#lib/problem.ts";
import type { TailCursor } from "#lib/tail/cursor.ts";
import type { TailStart } from "#lib/tail/start.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";

/**
 * What to read: named topics (all partitions of each, or some of one), or all whose name a pattern is found in.
 * `asLongAs`: the partitions were chosen for a topic with this id and so many partitions. When it has others, all are read,
 * those that were not chosen from their beginning.
 */
export type ReadSelection =
  | {
      readonly topics: readonly string[];
      readonly partitions: readonly number[] | null;
      readonly asLongAs?: { readonly topicId: string; readonly partitions: number };
    }
  | { readonly pattern: string; readonly internal: boolean };

/** `unnamed`: where those of its partitions begin that it doesn't name, although they were there. */
export interface CursorStart {
  readonly kind: "cursor";
  readonly cursor: TailCursor;
  readonly unnamed: TailStart;
}

export interface ReadRequest {
  readonly selection: ReadSelection;
  readonly start: TailStart | CursorStart;
  readonly isolation: "uncommitted" | "committed";
}

/** What a record reader tells, in order. */
export type ReaderEvent =
  /** Once at the beginning, and whenever partitions appear: their places, with the first offset that will be read. */
  | { readonly kind: "partitions"; readonly added: readonly { readonly place: number; readonly from: bigint }[] }
  | { readonly kind: "chunk"; readonly chunk: FetchedChunk }
  /**
   * Reading goes on at `to`. retention: offsets `from` (inclusive) to `to` (exclusive) can't be read any more. truncated: the
   * log, read up to `from`, ends at `to` before that; what comes from there on was written anew.
   */
  | {
      readonly kind: "gap";
      readonly reason: "retention" | "truncated";
      readonly place: number;
      readonly from: bigint;
      readonly to: bigint;
    }
  /** The topic is gone, or has another id now: these places are read no more. New places come as `partitions`. */
  | {
      readonly kind: "gone";
      readonly reason: "deleted" | "recreated";
      readonly topic: string;
      readonly places: readonly number[];
    }
  /** Partitions that can't be read just now, and why; null when all are read again. */
  | { readonly kind: "waiting"; readonly waiting: { readonly partitions: number; readonly why: ProblemError } | null };
