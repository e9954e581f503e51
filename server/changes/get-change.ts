import type { z } from "zod";
import type { getChange as contract } from "#lib/contracts/changes.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { ClusterContext } from "../context.ts";

/**
 * One change, whole, with all its partitions.
 * @throws {ProblemError} as `ChangeLog.get`
 */
export function getChange(
  ctx: ClusterContext,
  { params }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  return ctx.changes.get(params.change, ctx.signal);
}
