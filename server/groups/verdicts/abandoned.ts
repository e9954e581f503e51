import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { SampledCase } from "./group-case.ts";
import { byLag, lasting, listedPartitions, messages } from "./verdict-words.ts";

/** Longer than a deployment leaves a group without members. */
const ABANDONED_MS = 5 * 60_000;
/** Who assigns partitions by hand is no member, and commits as rarely as it likes: Flink and Spark with each checkpoint. */
const BY_HAND_WITHIN_MS = 60 * 60_000;

/** Nobody has been there for 5 minutes, nothing was committed, its lag grows, and it was not seen to commit without members. */
export function abandoned(group: SampledCase): GroupVerdict | null {
  const { history, nowMs } = group;
  const { memberlessSinceMs, memberlessMoves } = history;
  if (memberlessSinceMs === null || group.reading.members?.length !== 0) return null;
  if (nowMs - memberlessSinceMs < ABANDONED_MS) return null;
  if (memberlessMoves !== null && nowMs - memberlessMoves.newestMs < BY_HAND_WITHIN_MS) return null;
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
      "If it should run, start its consumers: they go on where it left off. It may also be between two runs, or be one that assigns itself partitions by hand and commits rarely. Kafka forgets its offsets once it has had no members for offsets.retention.minutes.",
    ],
    partitions: listedPartitions(partitions),
    memberId: null,
    sinceMs: Math.round(memberlessSinceMs),
  };
}
