import type { GroupReading, TopicEnds } from "./group-reading.ts";

type Held = Pick<GroupReading, "committed" | "members">;

/** The topics that a group has committed, or of which its members hold partitions. */
export function topicsOfGroup({ committed, members }: Held): Set<string> {
  const topics = new Set<string>(committed?.keys());
  for (const { assigned } of members ?? []) for (const topic of assigned.keys()) topics.add(topic);
  return topics;
}

/**
 * The partitions of one topic that a group has committed or is assigned, in order.
 * @param ends the topic's; null: unknown. A streams task is assigned its number in each topic of its subtopology, also in those that
 *   have fewer partitions: what doesn't exist and was never committed isn't among them
 */
export function partitionsOfGroup({ committed, members }: Held, topic: string, ends: TopicEnds | null): number[] {
  const commits = committed?.get(topic);
  const partitions = new Set<number>(commits?.keys());
  const count = ends?.highWatermarks.length ?? Number.POSITIVE_INFINITY;
  for (const { assigned } of members ?? []) {
    for (const partition of assigned.get(topic) ?? []) if (partition < count) partitions.add(partition);
  }
  return [...partitions].sort((a, b) => a - b);
}
