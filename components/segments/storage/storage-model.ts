import type { StoredReplica, TopicStorage } from "#lib/contracts/topic-storage.ts";

/** One replica, as numbers that can be compared. */
export interface Replica extends Pick<StoredReplica, "partition" | "brokerId" | "leader" | "inSync" | "segments"> {
  /** Null, here and below: unknown. */
  readonly sizeBytes: bigint | null;
  readonly futureBytes: bigint | null;
  readonly offsetLag: bigint | null;
  readonly oldestMs: bigint | null;
  readonly oldestIsDeleted: boolean | null;
  readonly freesBytes: bigint | null;
  readonly nextGoesAtMs: number | null;
}

export interface StoredPartition {
  readonly partition: number;
  /** The leader first. */
  readonly replicas: readonly Replica[];
  /** Null: none leads it now. */
  readonly leader: Replica | null;
  /** The leader's; while none leads it, of the largest replica whose size is known. Null: unknown. */
  readonly sizeBytes: bigint | null;
  /** Whose files tell how many segments there are and how old they are: the leader's, else any that is read. */
  readonly read: Replica | null;
}

/** A sum, and whether something that belongs to it isn't known. */
export interface Sum {
  /** Null: nothing of it is known. */
  readonly bytes: bigint | null;
  readonly isLowerBound: boolean;
}

export interface Storage {
  readonly partitions: readonly StoredPartition[];
  readonly replicas: readonly Replica[];
  /** Of the leaders: the data once. */
  readonly once: Sum;
  /** Of all replicas, and of the copies that are being made. */
  readonly onDisk: Sum;
  /** At the next check, on all brokers. */
  readonly frees: Sum;
  /** Of the oldest message that is known; null: none is. */
  readonly oldest: Replica | null;
  /** Partitions whose oldest message isn't known though they hold something. */
  readonly unaged: number;
  /** The first moment from now on at which a leader may delete a segment by time. */
  readonly nextGoesAtMs: number | null;
  /** Segments of the partitions that are read, each once; null: none is. */
  readonly segments: number | null;
}

/** A topic's storage, summed up. What isn't known stays unknown: no sum counts it as 0. */
export function storageOf(storage: Pick<TopicStorage, "replicas">): Storage {
  const replicas = storage.replicas.map(replicaOf);
  const byPartition = new Map<number, Replica[]>();
  for (const replica of replicas) {
    const others = byPartition.get(replica.partition);
    if (others === undefined) byPartition.set(replica.partition, [replica]);
    else others.push(replica);
  }
  const partitions = [...byPartition].map(([partition, own]): StoredPartition => {
    const leader = own.find((replica) => replica.leader) ?? null;
    const read = leader?.segments == null ? (own.find(({ segments }) => segments !== null) ?? null) : leader;
    return { partition, replicas: own, leader, sizeBytes: leader === null ? largestOf(own) : leader.sizeBytes, read };
  });
  const aged = partitions.flatMap(({ read }) => (read !== null && read.oldestMs !== null ? [read] : []));
  const next = partitions.flatMap(({ read }) => read?.nextGoesAtMs ?? []);
  const read = partitions.flatMap((partition) => partition.read?.segments ?? []);
  return {
    partitions,
    replicas,
    once: sumOf(partitions.map(({ sizeBytes }) => sizeBytes)),
    onDisk: sumOf(
      replicas.map(({ sizeBytes, futureBytes }) => (sizeBytes === null ? null : sizeBytes + (futureBytes ?? 0n))),
    ),
    frees: sumOf(replicas.map(({ freesBytes }) => freesBytes)),
    oldest: aged.toSorted(byAge)[0] ?? null,
    unaged: partitions.filter(({ read: one, leader }) => one?.oldestMs == null && (one ?? leader)?.sizeBytes !== 0n)
      .length,
    nextGoesAtMs: next.length === 0 ? null : next.reduce((first, at) => Math.min(first, at)),
    segments: read.length === 0 ? null : read.reduce((sum, count) => sum + count, 0),
  };
}

function largestOf(replicas: readonly Replica[]): bigint | null {
  return replicas.reduce<bigint | null>(
    (most, { sizeBytes }) => (sizeBytes !== null && (most === null || sizeBytes > most) ? sizeBytes : most),
    null,
  );
}

function replicaOf(told: StoredReplica): Replica {
  const { sizeBytes, futureBytes, offsetLag, oldestTimestampMs, freesBytes, ...rest } = told;
  return {
    ...rest,
    sizeBytes: bigintOf(sizeBytes),
    futureBytes: bigintOf(futureBytes),
    offsetLag: bigintOf(offsetLag),
    oldestMs: bigintOf(oldestTimestampMs),
    freesBytes: bigintOf(freesBytes),
  };
}

function bigintOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

/** At least nothing is nothing known. */
export function sumOf(parts: readonly (bigint | null)[]): Sum {
  const known = parts.filter((part) => part !== null);
  const sum = known.reduce((total, part) => total + part, 0n);
  const isLowerBound = known.length < parts.length;
  return { bytes: known.length === 0 || (isLowerBound && sum === 0n) ? null : sum, isLowerBound };
}

function byAge(a: Replica, b: Replica): number {
  return (a.oldestMs ?? 0n) < (b.oldestMs ?? 0n) ? -1 : 1;
}
