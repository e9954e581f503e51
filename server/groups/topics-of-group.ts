import type { GroupReading } from "./group-reading.ts";

/** The topics that a group has committed, or of which its members hold partitions. */
export function topicsOfGroup({ committed, members }: Pick<GroupReading, "committed" | "members">): Set<string> {
  const topics = new Set<string>(committed?.keys());
  for (const { assigned } of members ?? []) for (const topic of assigned.keys()) topics.add(topic);
  return topics;
}
