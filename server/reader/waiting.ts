import type { ProblemError } from "#lib/problem.ts";
import type { PartitionPosition, Trouble } from "./partition-position.ts";

/** A leader that moves is back within that; nobody needs to hear of it. */
const GRACE_MS = 1_000;

/** Whether it has lasted for so long that it is told. */
export function isLasting({ sinceMs }: Pick<Trouble, "sinceMs">): boolean {
  return sinceMs <= performance.now() - GRACE_MS;
}

/**
 * How many partitions have not been readable for a while, and why the one that has waited longest; null when all are read.
 * @param leaderTrouble what keeps a leader from being asked at all
 */
export function worstTrouble(
  positions: Iterable<PartitionPosition>,
  leaderTrouble: (position: PartitionPosition) => Pick<Trouble, "why" | "sinceMs"> | null,
): { partitions: number; why: ProblemError } | null {
  let partitions = 0;
  let longest: Pick<Trouble, "why" | "sinceMs"> | null = null;
  for (const position of positions) {
    const trouble = position.trouble ?? leaderTrouble(position);
    if (trouble === null || !isLasting(trouble)) continue;
    partitions++;
    if (longest === null || trouble.sinceMs < longest.sinceMs) longest = trouble;
  }
  return longest === null ? null : { partitions, why: longest.why };
}
