import type { CommittedOffset } from "../group-reading.ts";

/** Whether two commits are one and the same: offset, leader epoch and metadata; null: no commit. */
export function isSameCommit(a: CommittedOffset | null, b: CommittedOffset | null): boolean {
  if (a === null || b === null) return a === b;
  return a.offset === b.offset && a.leaderEpoch === b.leaderEpoch && a.metadata === b.metadata;
}
