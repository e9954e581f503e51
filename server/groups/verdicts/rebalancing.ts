import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { SampledCase } from "./group-case.ts";
import { lasting } from "./verdict-words.ts";

const WINDOW_MS = 5 * 60_000;
/** A deployment, member by member, is seen in a few samples. */
const FEWEST_SEEN = 5;
/** They must not be one deployment of a minute … */
const SPREAD_MS = 3 * 60_000;
/** … and it must not be over. */
const STILL_MS = 60_000;

/** Again and again it was seen rebalancing, or with other members, assignment or epoch than 10 s before. */
export function rebalancing({ history, nowMs }: SampledCase): GroupVerdict | null {
  if (nowMs - history.sinceMs < WINDOW_MS) return null;
  const seen = history.rebalancesSince(nowMs - WINDOW_MS);
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined || seen.length < FEWEST_SEEN) return null;
  if (last - first < SPREAD_MS || nowMs - last > STILL_MS) return null;
  return {
    kind: "rebalancing",
    severity: "warning",
    evidence: [
      `It keeps rebalancing: in the last 5 min it was seen to do so, or with other members or another assignment than before, ${seen.length} times, last ${lasting(nowMs - last)} ago.`,
    ],
    advice: [
      "Unless it is being deployed: members that crash and come back, or take longer than max.poll.interval.ms over one poll, are the usual cause. Look at their logs; group.instance.id spares a rebalance for each restart.",
    ],
    partitions: [],
    memberId: null,
    sinceMs: Math.round(first),
  };
}
