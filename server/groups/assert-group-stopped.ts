import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { GroupReading } from "./group-reading.ts";
import { oneLine, refusalOf } from "./resets/refusal.ts";

/**
 * Offsets of a group can be moved only while nothing runs in it.
 * @param reading null: there is no such group, so nobody is in it
 * @throws {ProblemError} group-not-empty, group-type-unsupported, naming the command of Kafka's that can
 */
export function assertGroupStopped(ctx: Pick<ClusterContext, "cluster">, reading: GroupReading | null): void {
  const refusal = refusalOf(ctx, reading);
  if (refusal === null) return;
  const [first] = refusal.members;
  const who = first === undefined ? "" : ` One is ${first.clientId} on ${first.host}.`;
  const command = refusal.command === null ? "" : ` ${oneLine(refusal.command)}`;
  throw new ProblemError(refusal.code, `${refusal.detail}${who} Nothing was changed.${command}`);
}
