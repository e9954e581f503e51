import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import type { ReplicaSegments, SegmentDamage } from "#lib/contracts/segments.ts";

/**
 * All that is wrong with a replica's files, each finding once: the directory's, each segment's, and what came to light when its
 * batches were counted.
 */
export function allDamage(
  { damage, segments }: Pick<ReplicaSegments, "damage" | "segments">,
  counts: readonly Pick<SegmentCounts, "damage">[],
): readonly SegmentDamage[] {
  const found = new Map<string, SegmentDamage>();
  for (const one of [...damage, ...segments.flatMap((s) => s.damage), ...counts.flatMap((c) => c.damage)]) {
    const key = `${one.file} ${one.position ?? ""} ${one.kind}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}
