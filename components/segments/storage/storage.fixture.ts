import type { StoredReplica } from "#lib/contracts/topic-storage.ts";
import { type Storage, storageOf } from "./storage-model.ts";

export const MIB = 1024 * 1024;
export const NOW_MS = 1_800_000_000_000;
export const HOUR = 3_600_000;

/** A replica that is as it should be: in sync, read, an hour old, nothing to free. */
export function stored(
  partition: number,
  brokerId: number,
  mib: number | null,
  differs: Partial<StoredReplica> = {},
): StoredReplica {
  return {
    partition,
    brokerId,
    leader: false,
    inSync: true,
    sizeBytes: mib === null ? null : String(Math.round(mib * MIB)),
    futureBytes: null,
    offsetLag: "0",
    segments: 2,
    oldestTimestampMs: String(NOW_MS - HOUR),
    oldestIsDeleted: false,
    freesBytes: "0",
    nextGoesAtMs: null,
    ...differs,
  };
}

/** What is unknown where this server doesn't read a broker's files. */
export const unread = {
  segments: null,
  oldestTimestampMs: null,
  oldestIsDeleted: null,
  freesBytes: null,
  nextGoesAtMs: null,
} as const;

/** Partitions by their sizes in MiB, each led by the first of its brokers. */
export function storageWith(...partitions: { readonly mib: number | null; readonly on: readonly number[] }[]): Storage {
  return storageOf({
    replicas: partitions.flatMap(({ mib, on }, partition) =>
      on.map((brokerId, index) => stored(partition, brokerId, mib, { leader: index === 0 })),
    ),
  });
}
