import type { z } from "zod";
import type { offsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";

/**
 * What a plan does in all. Messages that retention has deleted are neither read again nor skipped; where a group never committed, what
 * lies before its first commit is never read by it. What an undo gives back skips nothing: it was counted as read before.
 */
export function planTotals(moves: readonly PlannedMove[]): z.input<typeof offsetPlan>["totals"] {
  let [moved, replayed, skipped] = [0, 0n, 0n];
  let lagAfter: bigint | null = 0n;
  for (const move of moves) {
    lagAfter = lagAfter === null || move.lagAfter === null ? null : lagAfter + BigInt(move.lagAfter);
    if (move.direction === "none") continue;
    moved++;
    if (move.to === null) continue;
    const to = BigInt(move.to);
    const start = BigInt(move.logStartOffset ?? move.to);
    const end = BigInt(move.highWatermark ?? move.to);
    const from = move.from === null ? start : BigInt(move.from);
    const read = from < start ? start : from > end ? end : from;
    if (to < read) replayed += read - to;
    else if (!move.flags.includes("restored")) skipped += to - read;
  }
  return {
    moved,
    replayed: replayed.toString(),
    skipped: skipped.toString(),
    lagAfter: lagAfter === null ? null : lagAfter.toString(),
  };
}
