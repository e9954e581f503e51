import type { ReplicaSegments, Segment, SegmentDamage, SegmentList } from "#lib/contracts/segments.ts";
import { baseOffsetOfFile } from "../segment-files.ts";
import type { VerificationRun } from "./verification-run.ts";

/**
 * A partition's segments with what a verification found in them, beside what their listing did: map and table show both alike. A
 * finding of a file that no segment has is the replica's. The same list while nothing was found.
 */
export function withFindings(list: SegmentList, run: VerificationRun): SegmentList {
  const found = new Map(
    run.parts.flatMap(({ replica, state }) => {
      const wrong = state.findings.filter(({ kind }) => kind !== "vanished");
      return wrong.length === 0 ? [] : [[replica.brokerId, wrong] as const];
    }),
  );
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
      return more === undefined ? segment : { ...segment, damage: together(segment.damage, more) };
    }),
    damage: together(replica.damage, ofNone),
  };
}

/** What both found is told once, in the verification's words: it has looked closer. */
function together(listed: readonly SegmentDamage[], found: readonly SegmentDamage[]): SegmentDamage[] {
  const same = (a: SegmentDamage, b: SegmentDamage) =>
    a.file === b.file && a.position === b.position && a.kind === b.kind;
  return [...found, ...listed.filter((one) => !found.some((other) => same(one, other)))];
}
