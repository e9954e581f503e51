import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { formatCount } from "#lib/format.ts";
import { idleBecause } from "../idle-because.ts";
import { idleMembers } from "../observer/idle-members.ts";
import type { SampledCase } from "./group-case.ts";
import { memberName } from "./verdict-words.ts";

/** A stable group may be between two rebalances. */
const IDLE_MS = 60_000;
const MOST_NAMED = 3;

/** Members of a stable group have had nothing to read for a minute: mostly since there are more of them than partitions. */
export function idleMembersVerdict({ reading, history, ends, nowMs }: SampledCase): GroupVerdict | null {
  const { idleSinceMs } = history;
  const idle = idleMembers(reading);
  const [first] = idle;
  if (idleSinceMs === null || first === undefined || reading.members === null || nowMs - idleSinceMs < IDLE_MS)
    return null;
  const names = idle.slice(0, MOST_NAMED).map(memberName).join(", ");
  const more = idle.length > MOST_NAMED ? ` and ${idle.length - MOST_NAMED} more` : "";
  const why = idleBecause(
    { ...reading, members: reading.members },
    first,
    (topic) => ends.get(topic)?.highWatermarks.length ?? null,
  );
  return {
    kind: "idle-members",
    severity: "info",
    evidence: [
      `${formatCount(idle.length)} of its ${formatCount(reading.members.length)} members ${idle.length === 1 ? "has" : "have"} no partition (${names}${more}).${why === null ? "" : ` ${why}`}`,
    ],
    advice: [
      `${idle.length === 1 ? "It takes" : "They take"} over when another member stops. If that isn't what ${idle.length === 1 ? "it is" : "they are"} for, stop ${idle.length === 1 ? "it" : "them"}, or add partitions.`,
    ],
    partitions: [],
    memberId: idle.length === 1 ? first.memberId : null,
    sinceMs: Math.round(idleSinceMs),
  };
}
