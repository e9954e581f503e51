import { formatCount, plural } from "#lib/format.ts";
import { largest } from "./extremes.ts";
import type { MapSegment } from "./map-segment.ts";

/** How a replica's segments differ from the leader's. */
export interface Differences {
  /** In words, one sentence each; empty: none. */
  readonly sentences: readonly string[];
  /** Something to look into; else what brokers do each by itself. */
  readonly suspicious: boolean;
  /** Base offsets of the replica's segments that are marked. */
  readonly marked: ReadonlySet<string>;
}

/**
 * Replicas hold the same records, but each broker rolls, deletes and compacts its own files: other boundaries are no fault, nor
 * are other sizes where compaction runs. The active segments naturally differ by what is under way.
 */
export function differencesOf(
  own: readonly MapSegment[],
  leader: readonly MapSegment[],
  { compacts }: { readonly compacts: boolean },
): Differences {
  const [oldest, leaderOldest] = [own[0], leader[0]];
  const marked = new Set<string>();
  if (oldest === undefined || leaderOldest === undefined) return { sentences: [], suspicious: false, marked };
  const bases = new Map(own.map((segment, index) => [segment.base, { segment, next: own[index + 1]?.base ?? null }]));
  const leaderBases = new Map(
    leader.map((segment, index) => [segment.base, { segment, next: leader[index + 1]?.base ?? null }]),
  );
  const older = own.filter(({ base }) => base < leaderOldest.base);
  const deleted = leader.filter(({ base }) => base < oldest.base);
  const from = largest([oldest.base, leaderOldest.base]) ?? 0n;
  const onlyHere = own.filter(({ base }) => base >= from && !leaderBases.has(base));
  const onlyThere = leader.filter(({ base }) => base >= from && !bases.has(base));
  const sizes = own.filter(({ base, size }) => {
    const here = bases.get(base);
    const there = leaderBases.get(base);
    // Rolled on both, and at the same offset.
    return there !== undefined && here?.next != null && here.next === there.next && there.segment.size !== size;
  });
  for (const { segment } of [...older, ...onlyHere, ...sizes]) marked.add(segment.baseOffset);
  const sentences = [
    older.length > 0 && `${segmentsAre(older.length)} older than the leader's first: not deleted here yet.`,
    deleted.length > 0 && `The leader's ${ofOldest(deleted.length)} already gone here.`,
    (onlyHere.length > 0 || onlyThere.length > 0) && boundaries(onlyHere.length, onlyThere.length),
    sizes.length > 0 && sizesDiffer(sizes.length, compacts),
  ].filter((sentence) => sentence !== false);
  return { sentences, suspicious: sizes.length > 0 && !compacts, marked };
}

function segmentsAre(count: number): string {
  return `${plural(count, "segment")} ${count === 1 ? "is" : "are"}`;
}

function ofOldest(count: number): string {
  return count === 1 ? "oldest segment is" : `${formatCount(count)} oldest segments are`;
}

function boundaries(here: number, there: number): string {
  const parts = [
    here > 0 && `${plural(here, "base offset")} that the leader doesn't have`,
    there > 0 && `${formatCount(there)} of the leader's missing`,
  ].filter((part) => part !== false);
  return `Other boundaries: ${parts.join(", ")}. Each broker rolls and cleans its own files, so that is no fault.`;
}

function sizesDiffer(count: number, compacts: boolean): string {
  const what = `${plural(count, "rolled segment")} ${count === 1 ? "has" : "have"} another size than on the leader`;
  return compacts
    ? `${what}: each broker compacts by itself.`
    : `${what} although their offsets are the same: show this replica and verify its files.`;
}
