import type { ProblemError } from "#lib/problem.ts";
import type { PartitionPosition, Trouble } from "./partition-position.ts";

/** A leader that moves is back within that; nobody needs to hear of it. */
const GRACE_MS = 1_000;

/**
 * How many partitions have not been readable for a while, and why the one that has waited longest; null when all are read.
 * @param leaderTrouble what keeps a leader from being asked at all
 */
export function worstTrouble(
  positions: Iterable<PartitionPosition>,
  leaderTrouble: (position: PartitionPosition) => Pick<Trouble, "why" | "sinceMs"> | null,
): { partitions: number; why: ProblemError } | null {
  const beforeMs = performance.now() - GRACE_MS;
  let partitions = 0;
  let longest: Pick<Trouble, "why" | "sinceMs"> | null = null;
  for (const position of positions) {
    const trouble = position.trouble ?? leaderTrouble(position);
    if (trouble === null || trouble.sinceMs > beforeMs) continue;
    partitions++;
    if (longest === null || trouble.sinceMs < longest.sinceMs) longest = trouble;
  }
  return longest === null ? null : { partitions, why: longest.why };
}
