import type { ReplicaSegments, Segment, SegmentDamage, SegmentList } from "#lib/contracts/segments.ts";
import { baseOffsetOfFile } from "../segment-files.ts";
import type { VerificationRun } from "./verification-run.ts";

/** What was found wrong on a broker's replica. */
export interface FoundOn {
  readonly brokerId: number;
  readonly damage: readonly SegmentDamage[];
}

/** What a verification found, as far as it has come. */
export function foundBy({ parts }: VerificationRun): readonly FoundOn[] {
  return parts.map(({ replica, state }) => ({ brokerId: replica.brokerId, damage: state.findings }));
}

/**
 * A partition's segments with what was found in them since, beside what their listing did: map and table show both alike. A
 * finding of a file that no segment has is the replica's. The same list while nothing was found.
 */
export function withFindings(list: SegmentList, all: readonly FoundOn[]): SegmentList {
  const found = new Map<number, readonly SegmentDamage[]>();
  for (const { brokerId, damage } of all) {
    const wrong = damage.filter(({ kind }) => kind !== "vanished");
    if (wrong.length > 0) found.set(brokerId, together(wrong, found.get(brokerId) ?? []));
  }
  if (found.size === 0) return list;
  return {
    ...list,
    replicas: list.replicas.map((replica) => {
      const wrong = replica.role === "future" ? undefined : found.get(replica.brokerId);
      return wrong === undefined ? replica : replicaWith(replica, wrong);
    }),
  };
}

function replicaWith(replica: ReplicaSegments, found: readonly SegmentDamage[]): ReplicaSegments {
  const bySegment = Map.groupBy(found, ({ file }) => baseOffsetOfFile(file));
  const bases = new Set(replica.segments.map(({ baseOffset }) => baseOffset));
  const ofNone = [...bySegment].flatMap(([base, some]) => (base !== null && bases.has(base) ? [] : some));
  return {
    ...replica,
    segments: replica.segments.map((segment): Segment => {
      const more = bySegment.get(segment.baseOffset);
      return more === undefined ? segment : { ...segment, damage: together(more, segment.damage) };
    }),
    damage: together(ofNone, replica.damage),
  };
}

/** What both found is told once, in the words of who looked closer. */
function together(found: readonly SegmentDamage[], listed: readonly SegmentDamage[]): SegmentDamage[] {
  const same = (a: SegmentDamage, b: SegmentDamage) =>
    a.file === b.file && a.position === b.position && a.kind === b.kind;
  return [...found, ...listed.filter((one) => !found.some((other) => same(one, other)))];
}
