import type { GroupMember } from "#lib/contracts/groups.ts";
import { formatPartitionList } from "#lib/tail/partition-list.ts";

/** "orders 0-3,5 · payments 2" */
export function assignmentText(assignment: GroupMember["assigned"]): string {
  return assignment
    .map(({ topic, partitions }) => `${topic} ${formatPartitionList(partitions.toSorted((a, b) => a - b))}`)
    .join(" · ");
}

/** In place of partitions, where there are none in sight: why it idles, or that what it holds is elsewhere. */
export function nothingHeld({ assigned, idleBecause }: Pick<GroupMember, "assigned" | "idleBecause">): string {
  if (assigned.length > 0) return "holds nothing of this topic";
  return idleBecause === null ? "holds nothing" : `idle · ${idleBecause}`;
}
