import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { planUndo as contract } from "#lib/contracts/offset-resets.ts";
import type { ClusterContext } from "../context.ts";
import { makePlan, type OffsetPlan } from "./resets/make-plan.ts";
import { readGroupIfThere } from "./resets/read-group-if-there.ts";
import { undoOf } from "./resets/undo-of.ts";

/**
 * A plan that takes a change of offsets back: each partition that was changed, or may have been, to what was saved before, with its metadata
 * and leader epoch; those that had no commit lose theirs. Changes nothing.
 * @throws {ProblemError} change-not-found, change-not-undoable, and as `planOffsetReset`
 */
export async function planUndo(ctx: ClusterContext, { params }: ParsedInput<typeof contract>): Promise<OffsetPlan> {
  const undo = await undoOf(ctx, params.change);
  return makePlan(ctx, { ...undo, reading: await readGroupIfThere(ctx, undo.group) });
}
