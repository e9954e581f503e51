import type { ClusterContext } from "../../context.ts";

/** A partition whose messages from `committed` on a group has not read. */
export interface WantedTimeLag {
  readonly topic: string;
  readonly partition: number;
  /** Where reading would go on: the committed offset, or the log start offset when that is higher, or nothing was committed. */
  readonly committed: bigint;
  /** Those that lag most come first in what is looked up. */
  readonly lag: bigint;
}

/** By topic, by partition: when the message at the committed offset was written, by its own timestamp. */
export type MessageTimes = ReadonlyMap<string, ReadonlyMap<number, number>>;

/**
 * The timestamps of the messages that a group would read next. Partitions that can't be read, and those beyond the bound, are left out.
 * @throws {ProblemError} cancelled
 */
export async function exactTimeLag(
  _ctx: ClusterContext,
  _wanted: readonly WantedTimeLag[],
  _signal: AbortSignal,
): Promise<MessageTimes> {
  return new Map();
}
