import type { GroupMember } from "#lib/contracts/groups.ts";
import { formatPartitionList } from "#lib/tail/partition-list.ts";

/** "orders 0-3,5 · payments 2" */
export function assignmentText(assignment: GroupMember["assigned"]): string {
  return assignment
    .map(({ topic, partitions }) => `${topic} ${formatPartitionList(partitions.toSorted((a, b) => a - b))}`)
    .join(" · ");
}
