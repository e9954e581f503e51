import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { deleteGroup as contract } from "#lib/contracts/offset-resets.ts";
import { deleteOtherGroupCommand } from "#lib/group-commands.ts";
import { ProblemError } from "#lib/problem.ts";
import { AnswerBudget } from "../answer-budget.ts";
import type { Outcome } from "../changes/change.ts";
import { OUTCOME_RESERVE_MS } from "../changes/open-change.ts";
import { recordChange } from "../changes/record-change.ts";
import type { ClusterContext } from "../context.ts";
import { deleteGroup as requestDeletion } from "../kafka/delete-groups.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import { seesEveryTopic } from "../kafka/sees-every-topic.ts";
import { assertGroupStopped } from "./assert-group-stopped.ts";
import { groupNotFound, readGroup } from "./read-group.ts";
import { savedOffset } from "./resets/apply-moves.ts";
import { atCoordinator, isAway, isMoving, MOVED } from "./resets/at-coordinator.ts";
import { saysMembers } from "./resets/commit-refusal.ts";
import { OUT_OF_SIGHT } from "./resets/out-of-sight.ts";
import { bootstrapOf, oneLine } from "./resets/refusal.ts";
import { topicIds } from "./resets/topic-ids.ts";

/** Once begun it is seen through, the viewer there or not. */
const DELETION_MS = 8_000;
const GROUP_ID_NOT_FOUND = 69;

/**
 * Deletes an empty group and all it committed (DeleteGroups). What it had committed is in the change log, from which it can be given back;
 * of topics that this user may not describe nothing is known, which the record and the answer tell.
 * @throws {ProblemError} group-not-found, group-not-empty, group-type-unsupported, group-refused, change-log-missing,
 *   change-log-unwritable, kafka-forbidden, broker-unreachable and deadline-exceeded (it may be deleted all the same), cluster-unreachable,
 *   cancelled
 * @see KIP-229
 */
export async function deleteGroup(
  ctx: ClusterContext,
  { params: { group } }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const budget = new AnswerBudget();
  const { reading, metadata } = await readGroup(ctx, group);
  if (reading.type === "share" || reading.type === "streams") {
    throw new ProblemError(
      "group-type-unsupported",
      `"${group}" is a ${reading.type} group. Nothing was changed; Kafka's own tool deletes it: ${oneLine(deleteOtherGroupCommand(reading.type, bootstrapOf(ctx), group))}`,
    );
  }
  assertGroupStopped(ctx, reading);
  const unseen = (await seesEveryTopic(ctx.kafka, ctx.signal)) ? null : OUT_OF_SIGHT;
  const idOf = topicIds(metadata.topics);
  const partitions = [...(reading.committed ?? [])].flatMap(([topic, committed]) =>
    [...committed].map(([partition, before]) => ({
      topic,
      ...idOf(topic),
      partition,
      before: savedOffset(before),
      after: null,
    })),
  );
  const { change, recordProblem } = await recordChange(
    { ...ctx, budget },
    { action: "delete-group", target: { group }, before: unseen && { unseen }, after: null, partitions },
    () => deleteAtCoordinator(ctx, group, budget),
    (): Outcome => ({
      partitions: partitions.map(({ topic, partition }) => ({ topic, partition, outcome: "moved", detail: null })),
    }),
  );
  return { change, recordProblem: [recordProblem, unseen].filter((one) => one !== null).join(" ") || null };
}

async function deleteAtCoordinator({ kafka }: ClusterContext, group: string, budget: AnswerBudget): Promise<void> {
  const signal = AbortSignal.timeout(budget.share(DELETION_MS, OUTCOME_RESERVE_MS));
  let unanswered = false;
  const errorCode = await atCoordinator(kafka, group, signal, async (coordinator) => {
    try {
      const code = await requestDeletion(kafka, coordinator, group, signal);
      return isMoving(code) ? MOVED : code;
    } catch (error) {
      if (signal.aborted || !isAway(error)) throw error;
      unanswered = true;
      return MOVED;
    }
  });
  if (errorCode === 0) return;
  if (errorCode === GROUP_ID_NOT_FOUND) {
    // The one that did not answer had done it.
    if (unanswered) return;
    throw groupNotFound(group);
  }
  if (saysMembers(errorCode)) {
    throw new ProblemError(
      "group-not-empty",
      `A member has joined "${group}" meanwhile: it was not deleted. Stop the member, and try again.`,
    );
  }
  const asking = { what: `the deletion of group ${group}`, needs: `Delete on Group ${group}` };
  const problem = codeProblem(errorCode, null, asking);
  throw problem?.code === "kafka-refused" ? new ProblemError("group-refused", problem.message) : problem;
}
