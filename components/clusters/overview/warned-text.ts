import type { Overview } from "#lib/contracts/clusters.ts";
import { formatCount } from "#lib/format.ts";

/** How many groups have warnings besides those that are among the problems. Null: none. */
export function warnedText(
  warned: number,
  problems: readonly Pick<Overview["problems"][number], "kind">[],
): string | null {
  if (warned === 0) return null;
  const more = problems.some(({ kind }) => kind === "group") ? " more" : "";
  return warned === 1 ? `1${more} group has warnings.` : `${formatCount(warned)}${more} groups have warnings.`;
}
