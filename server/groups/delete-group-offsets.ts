import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { deleteGroupOffsets as contract } from "#lib/contracts/offset-resets.ts";
import { plural } from "#lib/format.ts";
import { deleteOtherGroupOffsetsCommand } from "#lib/group-commands.ts";
import { ProblemError } from "#lib/problem.ts";
import { AnswerBudget } from "../answer-budget.ts";
import { recordChange } from "../changes/record-change.ts";
import type { ClusterContext } from "../context.ts";
import type { GroupReading } from "./group-reading.ts";
import { readGroup } from "./read-group.ts";
import { applyMoves, movesOutcome, outcomesOf, savedOffset } from "./resets/apply-moves.ts";
import { bootstrapOf, oneLine } from "./resets/refusal.ts";
import { topicIds } from "./resets/topic-ids.ts";

/**
 * Takes a group's commits of one topic away (OffsetDelete). A group that runs may keep running, as long as no member is subscribed to the
 * topic. What was there is in the change log, from which it can be given back.
 * @throws {ProblemError} group-not-found, group-not-empty (a member is subscribed), group-refused (nothing is committed there),
 *   group-type-unsupported, change-log-missing, change-log-unwritable, kafka-forbidden, broker-unreachable, cluster-unreachable,
 *   deadline-exceeded, cancelled
 * @see KIP-496
 */
export async function deleteGroupOffsets(
  ctx: ClusterContext,
  { params: { group }, query: { topic } }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const budget = new AnswerBudget();
  const { reading, metadata } = await readGroup(ctx, group);
  if (reading.type === "share" || reading.type === "streams") {
    throw new ProblemError(
      "group-type-unsupported",
      `"${group}" is a ${reading.type} group. Nothing was changed; Kafka's own tool can: ${oneLine(deleteOtherGroupOffsetsCommand(reading.type, bootstrapOf(ctx), group, topic))}`,
    );
  }
  const committed = reading.committed?.get(topic);
  if (committed === undefined) {
    throw new ProblemError(
      "group-refused",
      `"${group}" has no committed offsets of ${topic}: there is nothing to delete.`,
    );
  }
  assertNotSubscribed(topic, reading);
  const idOf = topicIds(metadata.topics);
  const intended = [...committed].map(([partition, before]) => ({ topic, partition, before, to: null }));
  const { result, change, recordProblem } = await recordChange(
    { ...ctx, budget },
    {
      ...{ action: "delete-group-offsets", target: { group, topic }, before: null, after: null },
      partitions: intended.map(({ partition, before }) => ({
        topic,
        ...idOf(topic),
        partition,
        before: savedOffset(before),
        after: null,
      })),
    },
    () => ctx.state.groupObserver.whileMoving(group, () => applyMoves(ctx, group, intended, budget)),
    movesOutcome,
  );
  return { change, outcomes: outcomesOf(result), recordProblem };
}

/** Kafka says the same, but not who. A pattern that a member is subscribed to is left to Kafka. */
function assertNotSubscribed(topic: string, { group, members }: GroupReading): void {
  const subscribed = members?.filter((one) => one.subscribedTopics.includes(topic) || one.assigned.has(topic)) ?? [];
  const [first] = subscribed;
  if (first === undefined) return;
  throw new ProblemError(
    "group-not-empty",
    `${plural(subscribed.length, "member")} of "${group}" ${subscribed.length === 1 ? "is" : "are"} subscribed to ${topic}: ${first.clientId} on ${first.host}${subscribed.length === 1 ? "" : " and others"}. Stop ${subscribed.length === 1 ? "it" : "them"} first. Nothing was changed.`,
  );
}
