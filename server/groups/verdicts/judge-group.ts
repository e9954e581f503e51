import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { atOnce, type Work } from "../in-turns.ts";
import { abandoned } from "./abandoned.ts";
import { type GroupCase, type Judge, sampledCase } from "./group-case.ts";
import { hotPartition } from "./hot-partition.ts";
import { idleMembersVerdict } from "./idle-members.ts";
import { manualAssignment } from "./manual-assignment.ts";
import { neverCommits } from "./never-commits.ts";
import { openTransaction } from "./open-transaction.ts";
import { pastRetention } from "./past-retention.ts";
import { rebalancing } from "./rebalancing.ts";
import { stuck } from "./stuck.ts";
import { tooSlow } from "./too-slow.ts";

export type { GroupCase } from "./group-case.ts";

/** Worst first, within a severity too. */
const judges: readonly Judge[] = [
  stuck,
  pastRetention,
  abandoned,
  openTransaction,
  rebalancing,
  tooSlow,
  hotPartition,
  manualAssignment,
  neverCommits,
  idleMembersVerdict,
];

const worst = { critical: 0, warning: 1, info: 2 } as const;

/** Why a group lags, or what is odd about it, worst first. Pure; a healthy group has none, nor one that wasn't sampled for long enough. */
export function* judging(group: GroupCase): Work<GroupVerdict[]> {
  // Positions of share groups aren't offsets, and their members share partitions.
  if (group.history === null || group.reading.type === "share") return [];
  const sampled = sampledCase(group, group.history);
  const verdicts: GroupVerdict[] = [];
  for (const judge of judges) {
    yield;
    const verdict = judge(sampled);
    if (verdict !== null) verdicts.push(verdict);
  }
  // One partition is why it is too slow: more members wouldn't help it.
  const hot = verdicts.some(({ kind }) => kind === "hot-partition");
  return verdicts
    .filter(({ kind }) => kind !== "too-slow" || !hot)
    .toSorted((a, b) => worst[a.severity] - worst[b.severity]);
}

/** The same in one go. */
export function judgeGroup(group: GroupCase): GroupVerdict[] {
  return atOnce(judging(group));
}
