/** A place on an axis or a track: 0 at its left end, 1 at its right end. */
export type Share = number;

/** What is drawn from one end of a track to the other, in the unit of its scale: ms, offsets or bytes. */
export interface Domain {
  readonly from: bigint;
  readonly to: bigint;
}

/** From one place to another: `from` ≤ `to`. */
export interface Span {
  readonly from: Share;
  readonly to: Share;
}

/** A track is never a million pixels wide. */
const PARTS = 1_000_000n;

/** Where a value lies between two others: scaled before it becomes a number, so that nothing beyond 2^53 is rounded into another place. */
export function shareOf(value: bigint, { from, to }: Domain): Share {
  if (value <= from) return 0;
  if (value >= to) return 1;
  return Number(((value - from) * PARTS) / (to - from)) / Number(PARTS);
}
