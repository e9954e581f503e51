import type { MetadataPartition, MetadataTopic } from "../kafka/read-metadata.ts";

/** min.insync.replicas of a topic; null when it could not be read. */
export type MinIsrOf = (topic: string) => number | null;

/**
 * A partition is the worst it is. offline: no leader. under-min-isr: has a leader that refuses writes with
 * acks=all. under-replicated: accepts them, but not all replicas are in sync.
 */
export type PartitionState = "offline" | "under-min-isr" | "under-replicated" | "in-sync";

export function partitionState(partition: MetadataPartition, minIsr: number | null): PartitionState {
  if (partition.leader === null) return "offline";
  // A leader can't ask for more replicas than there are (`Partition.effectiveMinIsr`, Kafka 3.7).
  if (minIsr !== null && partition.isr.length < Math.min(minIsr, partition.replicas.length)) return "under-min-isr";
  return partition.isr.length < partition.replicas.length ? "under-replicated" : "in-sync";
}

export interface PartitionHealth {
  readonly total: number;
  readonly offline: number;
  /**
   * Null when the configs of none of the topics could be read, or when an under-replicated partition may be among them: the
   * configs of its topic could not be read, or the topic is newer than their last reading.
   */
  readonly underMinIsr: number | null;
  /** Those that certainly are under min ISR, whatever is unknown of others. */
  readonly refusing: number;
  /** Those that refuse writes with acks=all too: their replicas are missing as well. */
  readonly underReplicated: number;
}

export function countHealth(topics: readonly MetadataTopic[], minIsrOf: MinIsrOf): PartitionHealth {
  let total = 0;
  let offline = 0;
  let refusing = 0;
  let underReplicated = 0;
  let known = topics.length === 0;
  let doubtful = false;
  for (const { name, partitions } of topics) {
    const minIsr = minIsrOf(name);
    known ||= minIsr !== null;
    for (const partition of partitions) {
      total++;
      const state = partitionState(partition, minIsr);
      if (state === "offline") offline++;
      else if (state !== "in-sync") underReplicated++;
      if (state === "under-min-isr") refusing++;
      if (state === "under-replicated" && minIsr === null) doubtful = true;
    }
  }
  return { total, offline, underMinIsr: known && !doubtful ? refusing : null, refusing, underReplicated };
}
