/** Keys from the general to the particular: invalidating a cluster's key reaches all that was read of it. */
export const queryKeys = {
  clusters: ["clusters"] as const,
  cluster: (cluster: string) => ["clusters", cluster] as const,
  topics: (cluster: string) => ["clusters", cluster, "topics"] as const,
  topic: (cluster: string, topic: string) => ["clusters", cluster, "topic", topic] as const,
  partition: (cluster: string, topic: string, partition: number) =>
    ["clusters", cluster, "topic", topic, "partitions", partition] as const,
  groups: (cluster: string) => ["clusters", cluster, "groups"] as const,
  group: (cluster: string, group: string) => ["clusters", cluster, "group", group] as const,
  changes: (cluster: string) => ["clusters", cluster, "changes"] as const,
  brokers: (cluster: string) => ["clusters", cluster, "brokers"] as const,
  broker: (cluster: string, brokerId: number) => ["clusters", cluster, "broker", brokerId] as const,
};
