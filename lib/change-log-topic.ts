import type { TopicToCreate } from "./kafka-commands.ts";

const REPLICAS = 3;

/**
 * The topic that changes are recorded in: one partition, so that all instances read one order; as many replicas as there
 * are brokers, at most three, and a write counts when two have it; nothing in it is ever deleted or compacted.
 */
export function changeLogTopic(name: string, brokers: number): TopicToCreate {
  const replicationFactor = Math.min(REPLICAS, brokers);
  return {
    name,
    partitions: 1,
    replicationFactor,
    configs: {
      "cleanup.policy": "delete",
      "retention.ms": "-1",
      "retention.bytes": "-1",
      ...(replicationFactor === REPLICAS && { "min.insync.replicas": "2" }),
    },
  };
}
