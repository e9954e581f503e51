import type { GroupDetail, GroupPartition } from "#lib/contracts/groups.ts";

type DeletableGroup = Pick<GroupDetail, "type" | "members" | "partitions">;

/** The topics that a group has committed to, with what would be deleted of each; by name. */
export function committedTopics(
  group: Pick<GroupDetail, "partitions">,
): ReadonlyMap<string, readonly GroupPartition[]> {
  const topics = new Map<string, GroupPartition[]>();
  for (const partition of group.partitions) {
    if (partition.committedOffset === null) continue;
    const known = topics.get(partition.topic);
    if (known === undefined) topics.set(partition.topic, [partition]);
    else known.push(partition);
  }
  return new Map([...topics].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The members that keep Kafka from deleting a topic's offsets: those that subscribe to it, or hold a partition of it. */
export function subscribersOf(group: DeletableGroup, topic: string) {
  return (group.members ?? []).filter(
    ({ subscribedTopics, subscribedPattern, assigned }) =>
      subscribedTopics.includes(topic) ||
      assigned.some((held) => held.topic === topic) ||
      // Which topics a pattern takes in is the broker's to say.
      (subscribedPattern !== null && subscribedPattern !== "" && subscribedTopics.length === 0),
  );
}

/** Types whose groups aren't deleted here, in Kafka's word for them; null for those that are. */
export function undeletableType({ type }: Pick<GroupDetail, "type">): "share" | "streams" | null {
  return type === "share" || type === "streams" ? type : null;
}
