import type { z } from "zod";
import type { createChangeLog as contract } from "#lib/contracts/changes.ts";
import type { ClusterContext } from "../context.ts";

/**
 * Makes the topic of the change log, which is never made unasked; that it was made is the first change in it.
 * @throws {ProblemError} as `ChangeLog.create`
 */
export async function createChangeLog(ctx: ClusterContext): Promise<z.input<typeof contract.response>> {
  const recording = await ctx.changes.create({ actor: ctx.actor.name, requestId: ctx.requestId }, ctx.signal);
  ctx.state.forget();
  return recording;
}
