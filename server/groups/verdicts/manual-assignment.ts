import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { SampledCase } from "./group-case.ts";
import { lasting } from "./verdict-words.ts";

/** One or two may be an operator's reset, or the last commits of a member that has just left. */
const FEWEST_MOVES = 3;
/** Flink commits with its checkpoints, which may be minutes apart. */
const MOVED_WITHIN_MS = 15 * 60_000;
const MEMBERLESS_MS = 60_000;

/** It has no members, but its commits move: partitions are assigned by hand. */
export function isAssignedByHand({
  reading,
  history,
  nowMs,
}: Pick<SampledCase, "reading" | "history" | "nowMs">): boolean {
  const { memberlessMoves, memberlessSinceMs } = history;
  if (reading.members?.length !== 0 || memberlessSinceMs === null || nowMs - memberlessSinceMs < MEMBERLESS_MS) {
    return false;
  }
  if (memberlessMoves === null || memberlessMoves.count < FEWEST_MOVES) return false;
  return nowMs - memberlessMoves.newestMs < MOVED_WITHIN_MS;
}

/** Not a fault, but good to know before offsets are reset. */
export function manualAssignment(group: SampledCase): GroupVerdict | null {
  const { memberlessMoves, memberlessSinceMs } = group.history;
  if (memberlessMoves === null || !isAssignedByHand(group)) return null;
  const last = lasting(group.nowMs - memberlessMoves.newestMs);
  return {
    kind: "manual-assignment",
    severity: "info",
    evidence: [
      `It has no members, but its committed offsets move (last seen ${last} ago): its consumers assign themselves partitions by hand, as Flink and Spark do.`,
    ],
    advice: ["Kafka can't tell whether they run. A reset may be overwritten by their next commit: stop them before."],
    partitions: [],
    memberId: null,
    sinceMs: memberlessSinceMs === null ? null : Math.round(memberlessSinceMs),
  };
}
