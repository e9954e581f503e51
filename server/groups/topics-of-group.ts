import type { GroupReading } from "./group-reading.ts";

/** The topics that a group has committed, or whose partitions its members hold or shall hold. */
export function topicsOfGroup({ committed, members }: Pick<GroupReading, "committed" | "members">): Set<string> {
  const topics = new Set<string>(committed?.keys());
  for (const { assigned, target } of members ?? []) {
    for (const topic of assigned.keys()) topics.add(topic);
    if (target !== null) for (const topic of target.keys()) topics.add(topic);
  }
  return topics;
}
