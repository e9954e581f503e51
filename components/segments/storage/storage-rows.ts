import type { Sort } from "#components/ui/data-table-columns.ts";
import { partitionStorageState, replicaState, type StorageState } from "./replica-state.ts";
import { type Replica, type Storage, type StoredPartition, type Sum, sumOf } from "./storage-model.ts";

export interface PartitionRow extends StoredPartition {
  /** Null: it is as it should be. */
  readonly state: StorageState | null;
  /** On all brokers together. */
  readonly frees: Sum;
}

export interface ReplicaRow extends Replica {
  readonly state: StorageState | null;
}

/** Largest first: among rows of the same state, that order stays. */
export function partitionRows(
  { partitions }: Pick<Storage, "partitions">,
  hot: ReadonlySet<number>,
  compacts: boolean,
): PartitionRow[] {
  return partitions
    .map((partition) => ({
      ...partition,
      state: partitionStorageState(partition, hot.has(partition.partition), compacts),
      frees: sumOf(partition.replicas.map(({ freesBytes }) => freesBytes)),
    }))
    .sort(largestFirst);
}

/** The same for replicas; those of one partition stay together, its leader first. */
export function replicaRows({ partitions }: Pick<Storage, "partitions">, compacts: boolean): ReplicaRow[] {
  return partitions
    .flatMap(({ replicas, leader }) =>
      replicas.map((replica) => ({
        ...replica,
        state: replicaState(replica, leader, compacts),
      })),
    )
    .sort(largestFirst);
}

/** Where nothing is noteworthy, the order is that by size: the head doesn't claim another. */
export function sortedBy(rows: readonly { readonly state: StorageState | null }[], sort: Sort): Sort {
  return sort.id === "state" && rows.every(({ state }) => state === null) ? { id: "size", desc: true } : sort;
}

function largestFirst(a: { readonly sizeBytes: bigint | null }, b: { readonly sizeBytes: bigint | null }): number {
  const [left, right] = [a.sizeBytes ?? -1n, b.sizeBytes ?? -1n];
  return left === right ? 0 : left > right ? -1 : 1;
}
