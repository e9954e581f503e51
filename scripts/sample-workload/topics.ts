import type { Admin, ITopicConfig } from "kafkajs";

const MINUTES_MS = 60_000;
const MIB = 1024 * 1024;

/** Time and size bound every topic: the disk never fills, and what is behind the log's start is gone as in real life. */
function retained(hours: number, mebibytes: number): Record<string, number> {
  return { "retention.ms": hours * 60 * MINUTES_MS, "retention.bytes": mebibytes * MIB };
}

/**
 * The sample topics. Segments are small (1 MiB is the least that Kafka takes) and roll by time too, so that there is always something to
 * see of segments, retention and compaction. At most 0.5 GB a broker together.
 */
const topics = {
  orders: { partitions: 6, configs: { "segment.bytes": MIB, "segment.ms": 5 * MINUTES_MS, ...retained(24, 16) } },
  payments: { partitions: 3, configs: { "segment.bytes": MIB, "segment.ms": 10 * MINUTES_MS, ...retained(6, 8) } },
  "page-views": { partitions: 6, configs: { "segment.bytes": 2 * MIB, ...retained(3, 32) } },
  inventory: {
    partitions: 3,
    configs: {
      "cleanup.policy": "compact",
      "segment.bytes": MIB,
      "segment.ms": MINUTES_MS,
      "min.cleanable.dirty.ratio": 0.2,
      "delete.retention.ms": 10 * MINUTES_MS,
    },
  },
  "account-transfers": { partitions: 3, configs: { "segment.bytes": MIB, ...retained(24, 8) } },
  refunds: { partitions: 1, configs: { "segment.bytes": MIB, ...retained(24, 8) } },
  "device-telemetry": { partitions: 2, configs: { "segment.bytes": MIB, ...retained(6, 16) } },
  "support-messages": { partitions: 1, configs: { "segment.bytes": MIB, ...retained(72, 8) } },
} satisfies Record<string, { partitions: number; configs: Record<string, string | number> }>;

export type SampleTopic = keyof typeof topics;
export const sampleTopics = Object.keys(topics) as SampleTopic[];

const CREATE_TIMEOUT_MS = 30_000;

/** The numbers of a sample topic's partitions. */
export function partitionsOf(topic: SampleTopic): number[] {
  return Array.from({ length: topics[topic].partitions }, (_, partition) => partition);
}

/**
 * Creates the sample topics that are not there. One that a person has deleted comes back at the next start.
 *
 * @returns those it created.
 */
export async function createSampleTopics(admin: Admin): Promise<SampleTopic[]> {
  const existing = new Set(await admin.listTopics());
  const missing = sampleTopics.filter((topic) => !existing.has(topic));
  if (missing.length > 0) {
    await admin.createTopics({ topics: missing.map(definition), waitForLeaders: true, timeout: CREATE_TIMEOUT_MS });
  }
  return missing;
}

function definition(topic: SampleTopic): ITopicConfig {
  const { partitions, configs } = topics[topic];
  return {
    topic,
    numPartitions: partitions,
    replicationFactor: 3,
    configEntries: Object.entries(configs).map(([name, value]) => ({ name, value: String(value) })),
  };
}
