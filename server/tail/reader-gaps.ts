import type { TailFrames } from "#lib/contracts/tail.ts";
import type { PartitionTable } from "../reader/partition-table.ts";
import type { ReaderEvent } from "../reader/reader-event.ts";

type GapEvent = Extract<ReaderEvent, { kind: "gap" }>;
type GoneEvent = Extract<ReaderEvent, { kind: "gone" }>;

/** Retention was faster than the reader, or what it had read is no longer in the log. */
export function offsetsGap(table: PartitionTable, { reason, place, from, to }: GapEvent): TailFrames["gap"] {
  const { topic, partition } = table.at(place);
  if (reason === "truncated") {
    return {
      reason,
      ranges: [[place, to.toString(), (from - 1n).toString()]],
      next: [[place, to.toString()]],
      detail: `The log was cut off here (unclean leader election): offsets from ${to} of ${topic}-${partition} were written anew.`,
    };
  }
  return {
    reason,
    ranges: [[place, from.toString(), (to - 1n).toString()]],
    next: [[place, to.toString()]],
    detail: `Offsets ${from} to ${to - 1n} of ${topic}-${partition} were deleted, by retention or by somebody, before they could be read.`,
  };
}

export function topicGone({ topic, reason }: GoneEvent): TailFrames["gap"] {
  return {
    reason,
    ranges: [],
    next: [],
    detail:
      reason === "recreated"
        ? `${topic} was deleted and made again. Reading goes on at the beginning of the new one.`
        : `${topic} was deleted. If it is made again, it is read from its beginning.`,
  };
}
