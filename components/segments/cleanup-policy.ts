import type { Retention } from "#lib/contracts/segments.ts";

/** True when old segments are deleted by retention.ms or .bytes: not only compacted, nor by what a tiered topic keeps locally. */
export function deletes(retention: Retention | null): boolean {
  return retention !== null && !retention.tiered && names(retention, "delete");
}

export function compacts(retention: Retention | null): boolean {
  return retention !== null && names(retention, "compact");
}

function names({ cleanupPolicy }: Retention, wanted: "delete" | "compact"): boolean {
  return cleanupPolicy.split(",").some((policy) => policy.trim() === wanted);
}
