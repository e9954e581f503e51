import type { z } from "zod";
import type { OffsetMove, planOffsetReset, ResetEdit, ResetScope, ResetTarget } from "#lib/contracts/offset-resets.ts";
import type { ClusterContext } from "#server/context.ts";
import { planOffsetReset as planService } from "#server/groups/plan-offset-reset.ts";
import { resetOffsets } from "#server/groups/reset-offsets.ts";

type Plan = z.input<typeof planOffsetReset.response>;

const cluster = "test";
const WHOLE_GROUP: ResetScope = { of: "group" };

export function planReset(
  ctx: ClusterContext,
  group: string,
  target: ResetTarget,
  { scope = WHOLE_GROUP, edits = [] }: { scope?: ResetScope; edits?: ResetEdit[] } = {},
): Promise<Plan> {
  return planService(ctx, { params: { cluster, group }, query: {}, body: { scope, target, edits } });
}

/** Sends exactly what a plan would move, as the page does. */
export function applyPlan(ctx: ClusterContext, { group, moves }: Plan, undoes: string | null = null) {
  return applyMoves(ctx, group, movesOf(moves), undoes);
}

export function applyMoves(ctx: ClusterContext, group: string, moves: OffsetMove[], undoes: string | null = null) {
  return resetOffsets(ctx, { params: { cluster, group }, query: {}, body: { moves, target: "", undoes } });
}

/** One partition's move, without anything beside its offset. */
export function move(topic: string, partition: number, from: number | null, to: number | null): OffsetMove {
  const text = (offset: number | null) => (offset === null ? null : String(offset));
  return { topic, partition, from: text(from), to: text(to), toLeaderEpoch: null, toMetadata: "" };
}

function movesOf(moves: Plan["moves"]): OffsetMove[] {
  return moves
    .filter(({ direction }) => direction !== "none")
    .map(({ topic, partition, from, to, toLeaderEpoch, toMetadata }) => ({
      ...{ topic, partition, from, to, toLeaderEpoch, toMetadata },
    }));
}
