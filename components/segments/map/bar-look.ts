import type { Bar } from "./bars.ts";
import { largest } from "./extremes.ts";
import type { MapSegment } from "./map-segment.ts";
import { shareOf } from "./shares.ts";

/** How a bar looks, whether it stands for one segment or for several. */
export interface BarLook {
  /** Of the largest of them. */
  readonly height: number;
  /** The active one is in it: outlined at full height, filled to its size. */
  readonly active: boolean;
  readonly kind: "plain" | "due" | "dirty";
  readonly damaged: boolean;
  readonly differs: boolean;
}

export function barLook(
  { first, last }: Bar,
  segments: readonly MapSegment[],
  full: bigint,
  differing: ReadonlySet<string>,
): BarLook {
  const within = segments.slice(first, last + 1);
  const due = within.every(({ segment }) => segment.goes?.dueNow === true);
  const dirty = within.some(({ segment }) => segment.compacted === false && !segment.active);
  return {
    height: shareOf(largest(within.map(({ size }) => size)) ?? 0n, { from: 0n, to: full }),
    active: within.some(({ segment }) => segment.active),
    kind: due ? "due" : dirty ? "dirty" : "plain",
    damaged: within.some(({ segment }) => segment.damage.length > 0),
    differs: within.some(({ segment }) => differing.has(segment.baseOffset)),
  };
}
