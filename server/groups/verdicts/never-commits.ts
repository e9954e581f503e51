import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { plural } from "#lib/format.ts";
import { type SampledCase, waitingSinceMs } from "./group-case.ts";
import { STUCK_MS } from "./stuck.ts";
import { byLag, lasting, listedPartitions, named } from "./verdict-words.ts";

/**
 * Its members have held partitions into which messages come for 3 minutes, and it has no commit at all. That may be as it should be:
 * some keep their offsets elsewhere, or want none. So it is told, but is no warning.
 */
export function neverCommits(group: SampledCase): GroupVerdict | null {
  const { reading, history, nowMs } = group;
  const { membersSinceMs } = history;
  if (membersSinceMs === null || !reading.members?.length || reading.committed?.size !== 0) return null;
  let sinceMs = Number.POSITIVE_INFINITY;
  const waiting = group.partitions.filter((partition) => {
    const waitingMs = partition.holder === null ? null : waitingSinceMs(partition);
    // Members that have just come are given the time.
    const fromMs = waitingMs === null ? nowMs : Math.max(waitingMs, membersSinceMs);
    if (nowMs - fromMs < STUCK_MS) return false;
    sinceMs = Math.min(sinceMs, fromMs);
    return true;
  });
  if (waiting.length === 0) return null;
  const partitions = byLag(waiting);
  const members = reading.members.length;
  return {
    kind: "never-commits",
    severity: "info",
    evidence: [
      `${plural(members, "member")} ${members === 1 ? "has" : "have"} been here for at least ${lasting(nowMs - membersSinceMs)}, and messages have been coming in on `,
      ...named(partitions),
      ", but this group has no commit at all: its lag counts all that these partitions hold.",
    ],
    advice: [
      "Kafka can't tell whether these messages are read. Consumers that keep their offsets elsewhere, or want none (enable.auto.commit=false), look like this; so does one that waits over its first messages. If it should commit, look at its log: until it does, it begins where auto.offset.reset says after each restart.",
    ],
    partitions: listedPartitions(partitions),
    memberId: null,
    sinceMs: Math.round(sinceMs),
  };
}
