import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { GroupMember, GroupReading, TopicEnds } from "../group-reading.ts";
import { groupLag, nextOffset, type PartitionLag } from "../lag.ts";
import type { GroupHistory, PartitionHistory } from "../observer/group-history.ts";

/** One group now and as it was: all that verdicts are worked out from. */
export interface GroupCase {
  readonly reading: GroupReading;
  /** By topic. */
  readonly ends: ReadonlyMap<string, TopicEnds>;
  /** Null: not sampled yet. */
  readonly history: GroupHistory | null;
  /** Whether what is left of a partition are markers and aborted messages; null: not looked into. */
  readonly nothingReadable: (topic: string, partition: number) => boolean | null;
  readonly nowMs: number;
}

/** A partition of the group, now and as it was. */
export interface CasePartition {
  readonly topic: string;
  readonly partition: number;
  readonly now: PartitionLag;
  readonly seen: PartitionHistory;
  readonly holder: GroupMember | null;
}

/** A group that has been sampled, and its partitions of which there are samples. */
export interface SampledCase extends GroupCase {
  readonly history: GroupHistory;
  readonly partitions: readonly CasePartition[];
}

/** One verdict: null when it doesn't apply, or when it is too early to tell. */
export type Judge = (group: SampledCase) => GroupVerdict | null;

export function sampledCase(group: GroupCase, history: GroupHistory): SampledCase {
  const holders = new Map<string, GroupMember>();
  for (const member of group.reading.members ?? []) {
    for (const [topic, partitions] of member.assigned) {
      for (const partition of partitions) holders.set(`${topic} ${partition}`, member);
    }
  }
  const partitions: CasePartition[] = [];
  groupLag(group.reading, group.ends, (topic, partition, now) => {
    const seen = history.partition(topic, partition);
    const holder = holders.get(`${topic} ${partition}`) ?? null;
    if (seen !== null) partitions.push({ topic, partition, now, seen, holder });
  });
  return { ...group, history, partitions };
}

/** True while a reader waits at the last stable offset: no message before it is left for it, and behind it a transaction is open. */
export function isBehindTransaction({ now, seen }: CasePartition): boolean {
  const { commit, lastStableOffset, highWatermark } = now;
  const next = nextOffset(now);
  if (commit === null || next === null || lastStableOffset === null || highWatermark === null) return false;
  if (lastStableOffset >= highWatermark || next >= highWatermark) return false;
  return next >= lastStableOffset || (seen.nothingReadableTo ?? -1n) >= lastStableOffset;
}

/** Since when messages have waited behind a commit that is still where the newest sample saw it; null: they haven't. */
export function waitingSinceMs({ now, seen }: CasePartition): number | null {
  const next = nextOffset(now);
  // Behind the log start nothing is left to be read.
  if (next === null || now.highWatermark === null || next >= now.highWatermark) return null;
  return (now.commit?.offset ?? null) === seen.newestCommitted ? seen.waitingSinceMs : null;
}

/** Since when the commit has stood where it is, whatever is behind it; null: it has moved since the newest sample, or there is none. */
export function stoodSinceMs({ now, seen }: CasePartition): number | null {
  if (now.commit === null || now.commit.offset !== seen.newestCommitted) return null;
  return seen.lastMovedMs ?? seen.sinceMs;
}
