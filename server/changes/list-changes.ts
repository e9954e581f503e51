import type { z } from "zod";
import type { listChanges as contract } from "#lib/contracts/changes.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { ClusterContext } from "../context.ts";

/**
 * The changes made through Tailrace, newest first, as they are read back from the change log now. An empty list when there is
 * no log; when it can't be read, what was read before, and why it isn't newer.
 * @throws {ProblemError} cancelled
 */
export function listChanges(
  ctx: ClusterContext,
  { query }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  return ctx.changes.list(query, ctx.signal);
}
