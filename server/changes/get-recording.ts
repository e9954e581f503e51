import type { z } from "zod";
import type { getRecording as contract } from "#lib/contracts/changes.ts";
import type { ClusterContext } from "../context.ts";

/**
 * Whether a change that is made now would be recorded, and where.
 * @throws {ProblemError} cancelled
 */
export function getRecording(ctx: ClusterContext): Promise<z.input<typeof contract.response>> {
  return ctx.changes.recording(ctx.signal);
}
