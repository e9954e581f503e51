import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { type CasePartition, type SampledCase, stoodSinceMs } from "./group-case.ts";
import { listedPartitions, messages, named } from "./verdict-words.ts";

/** Commits and log starts are read a moment apart: it must still be so a step later. */
const STILL_SO_MS = 10_000;

/** Its committed offset lies below the log start offset: messages were deleted that it had not read. */
export function pastRetention(group: SampledCase): GroupVerdict | null {
  const { reading, nowMs } = group;
  const behind = group.partitions
    .filter((partition) => hasLost(partition, nowMs))
    .toSorted((a, b) => ((a.now.lost ?? 0n) < (b.now.lost ?? 0n) ? 1 : -1));
  const [first] = behind;
  if (first === undefined || first.now.commit === null) return null;
  const lost = behind.reduce((sum, { now }) => sum + (now.lost ?? 0n), 0n);
  const memberless = reading.members?.length === 0;
  const since = behind.map((partition) => stoodSinceMs(partition) ?? nowMs);
  const where =
    behind.length === 1
      ? `: it committed offset ${first.now.commit.offset}, and the log now starts at ${first.now.logStartOffset}.`
      : ", whose logs now start beyond its committed offsets.";
  const then = "auto.offset.reset decides where it goes on: earliest at the log start, latest at the end, none fails.";
  return {
    kind: "past-retention",
    // Of a group that nobody runs, nobody misses them yet.
    severity: memberless ? "warning" : "critical",
    evidence: [
      `${messages(lost)} of `,
      ...named(behind),
      ` ${lost === 1n ? "was" : "were"} deleted before it read ${lost === 1n ? "it" : "them"}${where}`,
    ],
    advice: memberless
      ? [`When it starts again, ${then} To choose the place yourself, reset its offsets before.`]
      : [
          `They can't be read any more. ${then[0]?.toUpperCase()}${then.slice(1)} Give the topic a longer retention if it falls behind often.`,
        ],
    partitions: listedPartitions(behind),
    memberId: null,
    sinceMs: Math.round(Math.min(...since)),
  };
}

function hasLost(partition: CasePartition, nowMs: number): boolean {
  const { now, seen } = partition;
  if (now.lost === null || now.logStartOffset === null) return false;
  // Markers and aborted messages are no loss.
  if (now.logStartOffset <= (seen.nothingReadableTo ?? -1n)) return false;
  const sinceMs = stoodSinceMs(partition);
  return sinceMs !== null && nowMs - sinceMs >= STILL_SO_MS;
}
