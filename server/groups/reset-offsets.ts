import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { resetOffsets as contract, OffsetMove } from "#lib/contracts/offset-resets.ts";
import { AnswerBudget } from "../answer-budget.ts";
import { recordChange } from "../changes/record-change.ts";
import type { ClusterContext } from "../context.ts";
import { withDeadline } from "../kafka/deadline.ts";
import { assertGroupStopped } from "./assert-group-stopped.ts";
import { applyMoves, movesOutcome, outcomesOf, savedOffset } from "./resets/apply-moves.ts";
import { assertEachOnce, assertStillAt, assertWithinPartitions } from "./resets/assert-moves-hold.ts";
import { assertTakesBack } from "./resets/assert-takes-back.ts";
import { readGroupIfThere } from "./resets/read-group-if-there.ts";
import { topicIds } from "./resets/topic-ids.ts";

/** For all that is looked at before anything is done, of the time that the answer has. */
const CHECKS_MS = 5_000;
const CHECKS = "what a reset checks before it begins (nothing was changed)";

/**
 * Moves a stopped group's committed offsets exactly as reviewed; never plans anew. Refuses when members joined, when a partition no
 * longer holds `from`, or when `to` has left [log start offset, high watermark]. A group that isn't there is made by it.
 * The commits are looked at
 * again right before they are replaced. Not atomic: a consumer that starts meanwhile can win, so each outcome is what was read back afterwards. Once begun, it is seen through
 * even when the viewer leaves; when the answer is due before, what isn't known yet is told as unknown.
 * @throws {ProblemError} change-not-found, change-not-undoable (both of `undoes`), invalid-request, group-not-empty, group-type-unsupported, plan-outdated, offset-out-of-range, topic-not-found,
 *   partition-not-found, change-log-missing, change-log-unwritable, kafka-forbidden, broker-unreachable, cluster-unreachable,
 *   deadline-exceeded, cancelled; with each of them nothing was changed, unless its words say otherwise
 * @see KIP-122
 */
export async function resetOffsets(
  ctx: ClusterContext,
  { params: { group }, body: { moves, target, undoes } }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  assertEachOnce(moves);
  const budget = new AnswerBudget();
  const { reading, topics } = await withDeadline(ctx.signal, CHECKS_MS, CHECKS, async (signal) => {
    const checking = { ...ctx, signal };
    const read = await readGroupIfThere(checking, group);
    assertGroupStopped(ctx, read);
    assertStillAt(read?.committed ?? null, moves);
    const found = await assertWithinPartitions(checking, moves);
    if (undoes !== null) await assertTakesBack(checking, { change: undoes, group, reading: read, moves });
    return { reading: read, topics: found };
  });
  const idOf = topicIds(topics);
  const intended = moves.map((move) => ({
    ...{ topic: move.topic, partition: move.partition, to: goalOf(move) },
    before: reading?.committed?.get(move.topic)?.get(move.partition) ?? null,
  }));
  const { result, change, recordProblem } = await recordChange(
    { ...ctx, budget },
    {
      ...{ action: "reset-offsets", target: { group }, before: null, after: null, targetText: target, undoes },
      partitions: intended.map(({ topic, partition, before, to }) => ({
        topic,
        ...idOf(topic),
        partition,
        before: savedOffset(before),
        after: savedOffset(to),
      })),
    },
    () => ctx.state.groupObserver.whileMoving(group, () => applyMoves(ctx, group, intended, budget)),
    movesOutcome,
  );
  return { change, outcomes: outcomesOf(result), recordProblem };
}

function goalOf({ to, toLeaderEpoch, toMetadata }: OffsetMove) {
  return to === null ? null : { offset: BigInt(to), leaderEpoch: toLeaderEpoch, metadata: toMetadata };
}
