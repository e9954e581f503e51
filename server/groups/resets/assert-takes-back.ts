import type { OffsetMove, PlannedMove } from "#lib/contracts/offset-resets.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../../context.ts";
import type { GroupReading } from "../group-reading.ts";
import { planMoves } from "./make-plan.ts";
import { undoOf } from "./undo-of.ts";

/**
 * Moves that are said to take a change back do: its record says what that comes to, not who asks. A part of them will do.
 * @throws {ProblemError} invalid-request (a change of another group), plan-outdated (it comes to something else), change-not-found,
 *   change-not-undoable, and as `planUndo`
 */
export async function assertTakesBack(
  ctx: ClusterContext,
  {
    change,
    group,
    reading,
    moves,
  }: {
    readonly change: string;
    readonly group: string;
    readonly reading: GroupReading | null;
    readonly moves: readonly OffsetMove[];
  },
): Promise<void> {
  const undo = await undoOf(ctx, change);
  if (undo.group !== group) {
    const message = `Change ${change} was made to group "${undo.group}", not to "${group}"`;
    throw new ProblemError("invalid-request", `${message}. Nothing was changed.`, {
      invalidParams: [{ path: "undoes", message }],
    });
  }
  const planned = await planMoves(ctx, { ...undo, reading });
  const byPartition = new Map(planned.moves.map((one) => [keyOf(one), one]));
  for (const move of moves) {
    if (isPart(byPartition.get(keyOf(move)), move)) continue;
    throw new ProblemError(
      "plan-outdated",
      `What would be done to ${move.topic}-${move.partition} doesn't take change ${change} back as things are now. Nothing was changed. Plan the undo again.`,
    );
  }
}

function isPart(planned: PlannedMove | undefined, { to, toLeaderEpoch, toMetadata }: OffsetMove): boolean {
  if (planned === undefined || planned.direction === "none") return false;
  if (planned.toMetadata !== toMetadata || planned.toLeaderEpoch !== toLeaderEpoch) return false;
  if (planned.to === to) return true;
  // What lies beyond the end became the end, and that may have grown since.
  if (!planned.flags.includes("clamped-to-end") || planned.to === null || to === null) return false;
  return BigInt(to) < BigInt(planned.to);
}

function keyOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}:${partition}`;
}
