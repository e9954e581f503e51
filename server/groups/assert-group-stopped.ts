import { formatCount } from "#lib/format.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { GroupReading } from "./group-reading.ts";
import { oneLine, refusalOf } from "./resets/refusal.ts";

/** So many members are named: a sentence, not a list. */
const NAMED = 5;

/**
 * Offsets of a group can be moved only while nothing runs in it.
 * @param reading null: there is no such group, so nobody is in it
 * @throws {ProblemError} group-not-empty, group-type-unsupported, naming the command of Kafka's that can
 */
export function assertGroupStopped(ctx: Pick<ClusterContext, "cluster">, reading: GroupReading | null): void {
  const refusal = refusalOf(ctx, reading);
  if (refusal === null) return;
  const { members } = refusal;
  const named = members.slice(0, NAMED).map(({ clientId, memberId, host }) => `${clientId} (${memberId}) on ${host}`);
  const more = members.length > NAMED ? `, and ${formatCount(members.length - NAMED)} more` : "";
  const who = members.length === 0 ? "" : ` In it: ${named.join(", ")}${more}.`;
  const command = refusal.command === null ? "" : ` ${oneLine(refusal.command)}`;
  throw new ProblemError(refusal.code, `${refusal.detail}${who} Nothing was changed.${command}`);
}
