import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { CasePartition, SampledCase } from "./group-case.ts";
import { isAssignedByHand } from "./manual-assignment.ts";
import { byLag, lasting, listedPartitions, messages, perSecond } from "./verdict-words.ts";

const WINDOW_MS = 5 * 60_000;
/** Less behind than this, it may only commit rarely. */
const BEHIND_MS = 60_000;
/** Of what was written, what it may fall short by: samples catch commits in mid-step. */
const SHORT_PERCENT = 95n;

/** It commits, but for 5 minutes its producers have been faster, and its lag has only grown. */
export function tooSlow(group: SampledCase): GroupVerdict | null {
  const { history, nowMs, reading } = group;
  // Where nobody is, nobody is slow: commits are then an operator's, unless they go on and on.
  if (reading.members?.length === 0 && !isAssignedByHand(group)) return null;
  if (nowMs - history.sinceMs < WINDOW_MS) return null;
  // Most groups are not behind: nothing else is looked at then.
  const behindMs = group.partitions.reduce((most, partition) => Math.max(most, behind(partition, nowMs)), 0);
  if (behindMs < BEHIND_MS) return null;
  let [produced, committed, overMs] = [0n, 0n, 0];
  let [before, midway, now] = [0n, 0n, 0n];
  const moving = group.partitions.filter(({ now: at, seen }) => {
    const moved = at.commit === null || at.lag === null ? null : seen.movedSince(WINDOW_MS);
    const halfway = seen.lagAgo(WINDOW_MS / 2);
    if (moved === null || moved.committed === 0n || halfway === null) return false;
    produced += moved.produced;
    committed += moved.committed;
    overMs = Math.max(overMs, moved.overMs);
    before += seen.lagAgo(WINDOW_MS) ?? 0n;
    midway += halfway;
    now += at.lag ?? 0n;
    return true;
  });
  if (moving.length === 0 || !(before < midway && midway < now)) return null;
  if (committed * 100n >= produced * SHORT_PERCENT) return null;
  return {
    kind: "too-slow",
    severity: "warning",
    evidence: [
      `It commits ${perSecond(committed, overMs)} messages a second while ${perSecond(produced, overMs)} are written: in 5 min its lag has grown by ${messages(now - before)}, and the oldest unread one is ${lasting(behindMs)} old.`,
    ],
    advice: [advice(reading.members?.length ?? 0, group.partitions.length)],
    partitions: listedPartitions(byLag(moving)),
    memberId: null,
    sinceMs: Math.round(nowMs - overMs),
  };
}

function advice(members: number, partitions: number): string {
  if (members === 0) return "Give it more consumers, or make them faster.";
  if (members >= partitions) {
    return "Each partition has a member of its own already: make them faster, or add partitions (keys then move to others).";
  }
  const room = `so there is room for ${partitions - members} more.`;
  return members === 1
    ? `Add members: one has all ${partitions} partitions, ${room}`
    : `Add members: ${members} share ${partitions} partitions, ${room}`;
}

function behind({ now, seen }: CasePartition, nowMs: number): number {
  if (now.commit === null || now.highWatermark === null || now.lag === 0n) return 0;
  // What stands still is stuck.
  if (seen.lastMovedMs === null || nowMs - seen.lastMovedMs >= WINDOW_MS) return 0;
  return seen.timeLag(now.commit.offset, now.highWatermark, nowMs)?.ms ?? 0;
}
