import type { SegmentFiles } from "./describe-segment.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { nameOf, type SegmentFileKind } from "./segment-names.ts";

/** A partition's directory, sorted out by names alone. */
export interface SegmentListing {
  /** Oldest first. */
  readonly segments: readonly SegmentFiles[];
  /** Indexes and snapshots whose log isn't there (a snapshot at the log's end is usual after a clean shutdown). */
  readonly orphans: readonly string[];
  /** `.deleted`, `.cleaned`, `.swap`. */
  readonly inPassing: readonly string[];
  readonly others: readonly { readonly name: string; readonly isFile: boolean }[];
}

/** @throws {FenceError} */
export async function listSegmentFiles(directory: PartitionDirectory): Promise<SegmentListing> {
  const kindsByBase = new Map<bigint, Set<SegmentFileKind>>();
  const namesByBase = new Map<bigint, string[]>();
  const inPassing: string[] = [];
  const others: { name: string; isFile: boolean }[] = [];
  for (const entry of await directory.entries()) {
    const named = nameOf(entry.name);
    if (!entry.isFile || named.kind === "other") others.push(entry);
    else if ("baseOffset" in named) {
      const kinds = kindsByBase.get(named.baseOffset) ?? new Set();
      kindsByBase.set(named.baseOffset, kinds.add(named.kind));
      namesByBase.set(named.baseOffset, [...(namesByBase.get(named.baseOffset) ?? []), entry.name]);
    } else inPassing.push(entry.name);
  }
  const bases = [...kindsByBase.keys()]
    .filter((base) => kindsByBase.get(base)?.has("log"))
    .sort((a, b) => (a < b ? -1 : 1));
  const newest = bases.at(-1);
  return {
    segments: bases.map((baseOffset) => ({
      baseOffset,
      kinds: kindsByBase.get(baseOffset) ?? new Set(),
      active: baseOffset === newest,
    })),
    orphans: [...namesByBase].filter(([base]) => !kindsByBase.get(base)?.has("log")).flatMap(([, names]) => names),
    inPassing,
    others,
  };
}
