import { summariseBrokers } from "#server/brokers/summarise-brokers.ts";
import type { ClusterView } from "#server/clusters/cluster-view.ts";
import { countHealth } from "#server/clusters/partition-health.ts";
import type { Metadata, MetadataPartition, MetadataTopic } from "#server/kafka/read-metadata.ts";

/** A partition with all replicas in sync and its preferred leader, unless said otherwise. */
export function partition(
  id: number,
  replicas: readonly number[],
  differs: Partial<MetadataPartition> = {},
): MetadataPartition {
  return {
    partition: id,
    leader: replicas[0] ?? null,
    leaderEpoch: 0,
    replicas,
    isr: replicas,
    offlineReplicas: [],
    ...differs,
  };
}

export function topic(name: string, partitions: readonly MetadataPartition[]): MetadataTopic {
  return { name, topicId: `id-of-${name}`, internal: false, errorCode: 0, partitions };
}

export function metadata(topics: readonly MetadataTopic[], brokersUp: readonly number[] = [1, 2, 3]): Metadata {
  return {
    clusterId: "cluster",
    controllerProxy: 1,
    brokers: brokersUp.map((id) => ({ id, host: `kafka-${id}`, port: 9092, rack: null })),
    topics,
  };
}

/** A cluster of these topics on three brokers that are up, unless said otherwise. */
export function clusterView(
  topics: readonly MetadataTopic[],
  differs: {
    up?: readonly number[];
    fenced?: readonly number[];
    minIsr?: number | null;
    before?: Metadata | null;
  } & Partial<ClusterView> = {},
): ClusterView {
  const { up = [1, 2, 3], fenced = [], minIsr = 1, before = null, ...rest } = differs;
  const now = metadata(topics, up);
  const minIsrOf = () => minIsr;
  return {
    metadata: now,
    brokers: summariseBrokers({
      metadata: now,
      registered: [1, 2, 3].map((id) => ({
        id,
        host: `kafka-${id}`,
        port: 9092,
        rack: null,
        fenced: !up.includes(id),
      })),
      listening: new Set(fenced),
      controllerId: 1,
      logDirs: null,
      processes: null,
    }),
    minIsrOf,
    health: countHealth(topics, minIsrOf),
    lastUp: () => before,
    controllerId: 1,
    quorum: null,
    volumes: new Map(),
    groupVerdicts: new Map(),
    missing: [],
    nowMs: 1_000_000,
    ...rest,
  };
}
