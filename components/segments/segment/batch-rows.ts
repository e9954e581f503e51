import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { SegmentDamage } from "#lib/contracts/segments.ts";

/** What a line of the table is about: a batch, or something wrong that stands between them. */
export type PageRow =
  | { readonly kind: "batch"; readonly batch: StoredBatch; readonly damage: readonly SegmentDamage[] }
  | { readonly kind: "damage"; readonly damage: SegmentDamage };

/** The batches of a page with its damage in place: at its batch, between two, or, about the whole file, before all. */
export function pageRows(batches: readonly StoredBatch[], damage: readonly SegmentDamage[]): PageRow[] {
  const starts = new Set(batches.map(({ position }) => position));
  const ofBatch = Map.groupBy(damage, ({ position }) => (position !== null && starts.has(position) ? position : null));
  const loose = [...(ofBatch.get(null) ?? [])].sort((a, b) => compare(placeOf(a), placeOf(b)));
  const rows: PageRow[] = [];
  for (const batch of batches) {
    const position = BigInt(batch.position);
    while (loose[0] !== undefined && placeOf(loose[0]) < position) rows.push({ kind: "damage", damage: take(loose) });
    rows.push({ kind: "batch", batch, damage: ofBatch.get(batch.position) ?? [] });
  }
  for (const left of loose) rows.push({ kind: "damage", damage: left });
  return rows;
}

/** Damage, and not only a remark. */
export function isWrong({ kind }: SegmentDamage): boolean {
  return kind !== "vanished" && kind !== "old-format";
}

/** Whether something is wrong with a batch itself. */
export function isDamaged({ position, crcMatches }: StoredBatch, damage: readonly SegmentDamage[]): boolean {
  return crcMatches === false || damage.some((one) => one.position === position && isWrong(one));
}

/** What tells a batch from the usual one, the most telling first. */
export type BatchTrait = "control" | "transactional" | "compressed" | "old";

export function traitsOf(batch: StoredBatch): readonly BatchTrait[] {
  const traits: BatchTrait[] = [];
  if (batch.magic < 2) traits.push("old");
  if (batch.control) traits.push("control");
  else if (batch.transactional) traits.push("transactional");
  if (batch.codec !== null && batch.codec !== "none") traits.push("compressed");
  return traits;
}

export function holdsOffset({ baseOffset, lastOffset }: StoredBatch, offset: string): boolean {
  if (baseOffset === null || lastOffset === null) return false;
  const wanted = BigInt(offset);
  return BigInt(baseOffset) <= wanted && wanted <= BigInt(lastOffset);
}

/** Those that can be opened, before and after one; null at the ends, or when it isn't among them. */
export function batchesBeside(
  batches: readonly StoredBatch[],
  position: string,
): { readonly previous: StoredBatch | null; readonly next: StoredBatch | null } {
  const readable = batches.filter(({ baseOffset }) => baseOffset !== null);
  const at = readable.findIndex((batch) => batch.position === position);
  if (at === -1) return { previous: null, next: null };
  return { previous: readable[at - 1] ?? null, next: readable[at + 1] ?? null };
}

function take(loose: SegmentDamage[]): SegmentDamage {
  return loose.shift() as SegmentDamage;
}

/** Before everything, when it is about the whole file. */
function placeOf({ position }: SegmentDamage): bigint {
  return position === null ? -1n : BigInt(position);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
