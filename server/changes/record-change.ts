import { mayHaveHappened } from "#lib/problem.ts";
import type { AnswerBudget } from "../answer-budget.ts";
import type { ClusterContext } from "../context.ts";
import { logger } from "../logger.ts";
import type { Change, Outcome, Recorded } from "./change.ts";
import { logEndedOffsets, logIntendedOffsets } from "./log-moved-offsets.ts";
import { maskSecrets, secretsOf, withoutSecrets } from "./without-secrets.ts";

/**
 * Does a change and records that it is tried and how it ended: in the change log of its cluster, and as lines on stdout
 * with one request id, those of a change of offsets with where each partition was and shall be. The intent is stored, by all replicas in sync, before the change begins, so that it is on record even
 * when this server dies in its midst. What the setting `audit` says decides what happens when it can't be.
 * @param ctx `budget`: the time that recording and changing have together; without one, each waits as long as it does at most
 * @param outcome what came of it beyond what was asked for, by partition for a change of offsets
 * @throws {ProblemError} change-log-missing, change-log-unwritable (both with `audit: required` only, and nothing was done);
 *   cancelled, before anything was done; whatever `apply` throws
 */
export async function recordChange<T>(
  ctx: Pick<ClusterContext, "cluster" | "actor" | "requestId" | "changes" | "signal"> & {
    readonly budget?: AnswerBudget;
  },
  change: Change,
  apply: () => Promise<T>,
  outcome: (result: T) => Outcome = () => ({}),
): Promise<Recorded<T>> {
  const by = { actor: ctx.actor.name, requestId: ctx.requestId };
  const record = await ctx.changes.begin(change, by, ctx.signal, ctx.budget ?? null);
  const { action, target, before, after, targetText, undoes, partitions } = change;
  const secrets = secretsOf(ctx.cluster);
  const entry = {
    ...{ cluster: ctx.cluster.name, actor: ctx.actor.name, requestId: ctx.requestId, id: record.id },
    ...{ action, target, undoes, partitions: partitions?.length },
    targetText: targetText === undefined ? undefined : maskSecrets(targetText, secrets),
    before: withoutSecrets(before, secrets),
    after: withoutSecrets(after, secrets),
  };
  logger.info({ change: { ...entry, phase: "intent" } }, action);
  const moved = { cluster: entry.cluster, requestId: entry.requestId, id: record.id, action };
  logIntendedOffsets(moved, partitions ?? []);
  let result: T;
  try {
    result = await apply();
  } catch (error) {
    const why = maskSecrets(error instanceof Error ? error.message : String(error), secrets);
    // A change whose answer never came may have happened all the same.
    logger.warn({ change: { ...entry, phase: "failed", why } }, action);
    await record.fail(why, mayHaveHappened(error));
    throw error;
  }
  const { state = "done", detail, partitions: ended } = outcome(result);
  logger.info(
    { change: { ...entry, phase: state, outcome: withoutSecrets(detail, secrets), ended: ended?.length } },
    action,
  );
  logEndedOffsets({ ...moved, phase: state }, ended ?? []);
  const recorded = await record.end({ state, detail, ...(ended && { partitions: ended }) });
  return { result, ...recorded };
}
