import type { BatchPage } from "#lib/contracts/segment-batches.ts";

/**
 * Batches can only be walked onwards. So where each page began is kept by where it ended: the way back from any page that was
 * come to by "next", whatever the browser's own Back did meanwhile.
 */
export type PagesSeen = ReadonlyMap<string, string>;

/** More than these were never walked through one by one. */
const MAX_KEPT = 1_000;

/** With a page that was read. The same map when it says nothing new. */
export function withPage(seen: PagesSeen, { batches, nextPosition }: BatchPage): PagesSeen {
  const [first] = batches;
  if (first === undefined || nextPosition === null || seen.get(nextPosition) === first.position) return seen;
  return new Map([...seen, [nextPosition, first.position] as const].slice(-MAX_KEPT));
}

/** Where the page before begins: a byte, or null when only the first page is known to lie before; undefined on the first. */
export function previousOf(seen: PagesSeen, { batches }: BatchPage): string | null | undefined {
  const [first] = batches;
  if (first === undefined) return null;
  if (first.position === "0") return undefined;
  return seen.get(first.position) ?? null;
}
