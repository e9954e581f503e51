import type { GroupMember, GroupReading } from "../group-reading.ts";

/** Members of a stable group of consumers that have no partition, and shall have none. */
export function idleMembers({ type, state, protocolType, members }: GroupReading): readonly GroupMember[] {
  // What Kafka Connect's workers are assigned are connectors and tasks, not partitions.
  const consumers = type === "consumer" || (type === "classic" && protocolType === "consumer");
  if (!consumers || state !== "stable" || members === null) return [];
  return members.filter(({ assigned, target }) => partitionsIn(assigned) + partitionsIn(target) === 0);
}

function partitionsIn(assignment: GroupMember["target"]): number {
  let count = 0;
  for (const partitions of assignment?.values() ?? []) count += partitions.length;
  return count;
}
