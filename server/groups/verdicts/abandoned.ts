import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { SampledCase } from "./group-case.ts";
import { isAssignedByHand } from "./manual-assignment.ts";
import { byLag, lasting, listedPartitions, messages } from "./verdict-words.ts";

/** Longer than a deployment leaves a group without members. */
const ABANDONED_MS = 5 * 60_000;

/** Nobody has been there for 5 minutes, nothing was committed, and its lag grows. */
export function abandoned(group: SampledCase): GroupVerdict | null {
  const { history, nowMs } = group;
  const { memberlessSinceMs } = history;
  if (memberlessSinceMs === null || group.reading.members?.length !== 0) return null;
  if (nowMs - memberlessSinceMs < ABANDONED_MS || isAssignedByHand(group)) return null;
  let grown = 0n;
  const growing = group.partitions.filter(({ topic, partition, now, seen }) => {
    const moved = seen.movedSince(ABANDONED_MS);
    if (moved === null || moved.produced === 0n || now.lag === null || now.lag === 0n) return false;
    if (group.nothingReadable(topic, partition) === true) return false;
    grown += moved.produced;
    return true;
  });
  const committedMs = Math.max(...group.partitions.map(({ seen }) => seen.lastMovedMs ?? 0));
  const committedAnew = group.partitions.some(({ now, seen }) => (now.commit?.offset ?? null) !== seen.newestCommitted);
  if (growing.length === 0 || committedAnew || nowMs - committedMs < ABANDONED_MS) return null;
  const atLeast = memberlessSinceMs === history.sinceMs ? "at least " : "";
  const partitions = byLag(growing);
  return {
    kind: "abandoned",
    severity: "warning",
    evidence: [
      `It has had no members for ${atLeast}${lasting(nowMs - memberlessSinceMs)}, nothing was committed, and its lag has grown by ${messages(grown)} in 5 min.`,
    ],
    advice: [
      "Start its consumers: they go on where it left off. If nobody needs it any more, delete the group; Kafka forgets its offsets by itself after offsets.retention.minutes without members.",
    ],
    partitions: listedPartitions(partitions),
    memberId: null,
    sinceMs: Math.round(memberlessSinceMs),
  };
}
