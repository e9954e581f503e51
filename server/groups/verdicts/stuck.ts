import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { Sentence } from "#lib/contracts/kafka.ts";
import type { GroupMember } from "../group-reading.ts";
import { nextOffset } from "../lag.ts";
import { idleMembers } from "../observer/idle-members.ts";
import { type CasePartition, isBehindTransaction, type SampledCase, waitingSinceMs } from "./group-case.ts";
import { lasting, listedPartitions, memberName, memberWords, named } from "./verdict-words.ts";

/** Consumers commit every 5 s unless told otherwise; a slow batch takes a minute or two. */
export const STUCK_MS = 3 * 60_000;

/** Sinks that write files commit when one is full or old enough. One that takes twice its longest time has likely stopped. */
const TIMES_ITS_LONGEST = 2;

interface Candidate {
  readonly partition: CasePartition;
  readonly sinceMs: number;
}

/**
 * It has members, there are messages that a reader would see, and its commits have stood still for 3 minutes, or for twice as long as
 * it was seen to take between two.
 */
export function stuck(group: SampledCase): GroupVerdict | null {
  const { reading, history, nowMs } = group;
  const { membersSinceMs } = history;
  if (membersSinceMs === null || reading.members === null || reading.members.length === 0) return null;
  const candidates = group.partitions
    .flatMap((partition): Candidate[] => {
      const waitingMs = waitingSinceMs(partition);
      if (waitingMs === null || !isInHand(group, partition) || isBehindTransaction(partition)) return [];
      if (group.nothingReadable(partition.topic, partition.partition) === true) return [];
      // Members that have just come are given the time.
      return [{ partition, sinceMs: Math.max(waitingMs, membersSinceMs) }];
    })
    .filter(({ partition, sinceMs }) => nowMs - sinceMs >= patienceMs(partition))
    .toSorted((a, b) => a.sinceMs - b.sinceMs);
  const [first] = candidates;
  if (first === undefined) return null;
  const partitions = candidates.map(({ partition }) => partition);
  const holders = new Set(partitions.map(({ holder }) => holder));
  const holder = holders.size === 1 ? first.partition.holder : null;
  return {
    kind: "stuck",
    severity: "critical",
    evidence: evidence(group, partitions, holder, nowMs - first.sinceMs),
    advice: advice(group, first.partition, holder),
    partitions: listedPartitions(partitions),
    memberId: holder?.memberId ?? null,
    sinceMs: Math.round(first.sinceMs),
  };
}

function patienceMs({ seen }: CasePartition): number {
  return Math.max(STUCK_MS, (seen.longestWaitMs ?? 0) * TIMES_ITS_LONGEST);
}

/**
 * Whether somebody should be reading it: a member holds it, or will, once the group has done with rebalancing. Commits to a topic
 * that nobody subscribes to any more stand still for good reason.
 */
function isInHand({ reading, history }: SampledCase, { topic, holder, now }: CasePartition): boolean {
  // A group that commits nothing anywhere may keep its offsets elsewhere.
  if (now.commit === null && (reading.committed?.size ?? 0) === 0) return false;
  if (holder !== null) return true;
  return isRebalancing(reading.state) && history.isSubscribed(topic);
}

function isRebalancing(state: SampledCase["reading"]["state"]): boolean {
  return state === "preparing-rebalance" || state === "completing-rebalance";
}

function evidence(
  { reading }: SampledCase,
  partitions: readonly CasePartition[],
  holder: GroupMember | null,
  forMs: number,
): Sentence {
  const never = partitions.every(({ now }) => now.commit === null);
  const one = partitions.length === 1;
  const what: Sentence = never
    ? [
        "It has never committed on ",
        ...named(partitions),
        `, where messages have been coming in for ${lasting(forMs)}: `,
      ]
    : ["It has not committed on ", ...named(partitions), ` for ${lasting(forMs)}: `];
  if (partitions.every((partition) => partition.holder === null)) {
    return [...what, `the group is ${reading.state}, and nobody holds ${one ? "the partition" : "them"} meanwhile.`];
  }
  // Brokers may go on telling who held what before.
  const group = isRebalancing(reading.state) ? `the group is ${reading.state}, and ` : "";
  if (holder !== null) {
    return [...what, `${group}${memberWords(holder)} holds ${one ? "the partition" : "them"} but does not move.`];
  }
  return [...what, `${group}their members hold them but do not move.`];
}

function advice(group: SampledCase, first: CasePartition, holder: GroupMember | null): Sentence {
  const { topic, partition } = first;
  const next = nextOffset(first.now);
  const where: Sentence =
    next === null ? [] : ["The next message is offset ", { topic, partition, offset: next.toString() }, ". "];
  if (isRebalancing(group.reading.state)) {
    return [
      ...where,
      "A rebalance waits for its slowest member, up to max.poll.interval.ms: look for one that is busy or doesn't answer.",
    ];
  }
  const cause = "A message it can't process, or a blocked call, is the usual cause; ";
  if (holder === null) return [...where, `${cause}look at the logs of these members.`];
  const [idle] = idleMembers(group.reading);
  const others = (group.reading.members?.length ?? 0) > 1;
  const then =
    idle !== undefined
      ? `restarting ${memberName(holder)} hands the partition to ${memberName(idle)}, which is idle.`
      : others
        ? `look at the log of ${memberName(holder)}; restarting it hands its partitions to the other members.`
        : `look at the log of ${memberName(holder)}, then restart it.`;
  return [...where, cause + then];
}
