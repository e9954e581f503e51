import type { DescribedGroup, GroupMember } from "./group-reading.ts";

type Group = Pick<DescribedGroup, "type" | "state" | "protocolType" | "assignor"> & {
  readonly members: readonly GroupMember[];
};

/** How many partitions a topic has; null: it doesn't exist, or this user may not see it. */
type PartitionCount = (topic: string) => number | null;

/** Assignors that give out each topic by itself. */
const BY_TOPIC = new Set(["range"]);

/**
 * Why a member has no partition, in one sentence.
 * @returns null when it has one, or what it does isn't told as partitions
 */
export function idleBecause(group: Group, member: GroupMember, partitionsOf: PartitionCount): string | null {
  if (member.assigned.size > 0) return null;
  const { type, state, protocolType, assignor, members } = group;
  if (type === "classic" && protocolType !== "consumer") return null;
  if (state === "preparing-rebalance" || state === "completing-rebalance" || state === "assigning") {
    return "The group is rebalancing: partitions are given out when every member has joined.";
  }
  if (member.target !== null && member.target.size > 0) {
    return "It shall get partitions that other members have yet to give up.";
  }
  if (member.subscribedPattern !== null) {
    return `No partition is left for it, or no topic matches its pattern ${member.subscribedPattern}.`;
  }
  const wanted = member.subscribedTopics;
  if (wanted.length === 0) return "It subscribes to no topic.";
  const there = wanted.filter((topic) => partitionsOf(topic) !== null);
  if (there.length === 0) {
    return wanted.length === 1
      ? `It subscribes to ${wanted[0]}, which doesn't exist, or which Tailrace may not see.`
      : `None of the ${wanted.length} topics that it subscribes to exists, or Tailrace may not see them.`;
  }
  const rivals = members.filter(({ subscribedTopics }) => subscribedTopics.some((topic) => there.includes(topic)));
  const partitions = there.reduce((sum, topic) => sum + (partitionsOf(topic) ?? 0), 0);
  const most = Math.max(...there.map((topic) => partitionsOf(topic) ?? 0));
  if (type !== "share" && rivals.length > partitions) {
    return `${rivals.length} members share ${partitions} ${partitions === 1 ? "partition" : "partitions"}, and a partition is given to one member only.`;
  }
  if (type !== "share" && assignor !== null && BY_TOPIC.has(assignor) && rivals.length > most) {
    return `The assignor ${assignor} gives out each topic by itself, and none of them has more than ${most} ${most === 1 ? "partition" : "partitions"} for ${rivals.length} members.`;
  }
  return assignor === null ? "No partition was given to it." : `The assignor ${assignor} gave it no partition.`;
}
