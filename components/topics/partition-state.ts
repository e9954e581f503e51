import type { PartitionDetail } from "#lib/contracts/topics.ts";

/** Worst first. "leader-moved": in sync, but not led by its preferred leader. */
export const partitionStates = ["offline", "under-min-isr", "under-replicated", "leader-moved", "in-sync"] as const;
export type PartitionState = (typeof partitionStates)[number];

/** @param minInSync the topic's min.insync.replicas; null when it could not be read: nothing is then under it */
export function partitionState(partition: PartitionDetail, minInSync: number | null): PartitionState {
  if (partition.leader === null) return "offline";
  if (minInSync !== null && partition.isr.length < Math.min(minInSync, partition.replicas.length)) {
    return "under-min-isr";
  }
  if (partition.isr.length < partition.replicas.length) return "under-replicated";
  return partition.leader === partition.replicas[0] ? "in-sync" : "leader-moved";
}

export function isProblem(state: PartitionState): boolean {
  return state === "offline" || state === "under-min-isr" || state === "under-replicated";
}

/** How one replica of a partition stands. */
export type ReplicaState = "leader" | "in-sync" | "behind" | "offline";

export function replicaState(partition: PartitionDetail, brokerId: number): ReplicaState {
  if (partition.offlineReplicas.includes(brokerId)) return "offline";
  if (partition.leader === brokerId) return "leader";
  return partition.isr.includes(brokerId) ? "in-sync" : "behind";
}

/** High watermark − log start offset: an upper bound where compaction or transactions leave gaps. Null when unknown. */
export function messagesIn({ logStartOffset, highWatermark }: PartitionDetail): bigint | null {
  return logStartOffset === null || highWatermark === null ? null : BigInt(highWatermark) - BigInt(logStartOffset);
}

/** Messages that read_committed consumers can't see yet: those behind an open transaction. Null when unknown. */
export function behindTransaction({ lastStableOffset, highWatermark }: PartitionDetail): bigint | null {
  return lastStableOffset === null || highWatermark === null ? null : BigInt(highWatermark) - BigInt(lastStableOffset);
}

export interface TopicTotals {
  readonly messages: bigint | null;
  /** Of the leaders' replicas, as far as known. */
  readonly leaderBytes: bigint | null;
  readonly states: Readonly<Record<PartitionState, number>>;
  readonly problems: number;
  readonly openTransactions: number;
}

/** A sum is null as soon as one part of it is: half a sum would pass for the whole. */
export function topicTotals(partitions: readonly PartitionDetail[], minInSync: number | null): TopicTotals {
  const states = { offline: 0, "under-min-isr": 0, "under-replicated": 0, "leader-moved": 0, "in-sync": 0 };
  for (const partition of partitions) states[partitionState(partition, minInSync)] += 1;
  return {
    messages: sum(partitions.map(messagesIn)),
    leaderBytes: sum(partitions.map(({ sizeBytes }) => (sizeBytes === null ? null : BigInt(sizeBytes)))),
    states,
    problems: states.offline + states["under-min-isr"] + states["under-replicated"],
    openTransactions: partitions.filter((partition) => (behindTransaction(partition) ?? 0n) > 0n).length,
  };
}

/**
 * What is known to make a topic's messages fewer than its offsets; null when nothing is. Markers and aborted messages of
 * transactions that ended take offsets too, but only an open one shows.
 */
export function whyFewer(cleanupPolicy: string | null, { openTransactions }: TopicTotals): string | null {
  if (cleanupPolicy?.includes("compact")) return "compaction leaves gaps";
  return openTransactions > 0 ? "a transaction is open" : null;
}

function sum(parts: readonly (bigint | null)[]): bigint | null {
  let total = 0n;
  for (const part of parts) {
    if (part === null) return null;
    total += part;
  }
  return total;
}
