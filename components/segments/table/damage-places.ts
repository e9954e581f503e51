import type { ReplicaSegments, SegmentCounts, SegmentDamage } from "#lib/contracts/segments.ts";

/** A finding, and where what it is about can be looked at. */
export interface PlacedDamage {
  readonly key: string;
  readonly damage: SegmentDamage;
  /** The segment that it is in; null: beside them. */
  readonly baseOffset: string | null;
  /** A byte of its log, where it is about one. */
  readonly position: string | null;
}

/**
 * All that is wrong with a replica's files, each finding once: the directory's, each segment's, and what came to light when its
 * batches were counted.
 */
export function damagePlaces(
  { damage, segments }: Pick<ReplicaSegments, "damage" | "segments">,
  counts: readonly Pick<SegmentCounts, "damage">[],
): readonly PlacedDamage[] {
  const there = new Set(segments.map(({ baseOffset }) => baseOffset));
  const found = new Map<string, PlacedDamage>();
  for (const one of [...damage, ...segments.flatMap((segment) => segment.damage), ...counts.flatMap((c) => c.damage)]) {
    const key = `${one.file} ${one.position ?? ""} ${one.kind}`;
    if (found.has(key)) continue;
    const baseOffset = segmentOf(one.file);
    const isThere = baseOffset !== null && there.has(baseOffset);
    found.set(key, {
      key,
      damage: one,
      baseOffset: isThere ? baseOffset : null,
      position: isThere && one.file.endsWith(".log") ? one.position : null,
    });
  }
  return [...found.values()];
}

/** "00000000000000001680.timeindex" → "1680". */
function segmentOf(file: string): string | null {
  const [, digits] = /^(\d{20})\.(?:log|index|timeindex|txnindex|snapshot)$/.exec(file) ?? [];
  return digits === undefined ? null : BigInt(digits).toString();
}
