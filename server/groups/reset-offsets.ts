import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { resetOffsets as contract, OffsetMove } from "#lib/contracts/offset-resets.ts";
import { recordChange } from "../changes/record-change.ts";
import type { ClusterContext } from "../context.ts";
import { assertGroupStopped } from "./assert-group-stopped.ts";
import { applyMoves, movesOutcome, outcomesOf, savedOffset } from "./resets/apply-moves.ts";
import { assertEachOnce, assertStillAt, assertWithinPartitions } from "./resets/assert-moves-hold.ts";
import { readGroupIfThere } from "./resets/read-group-if-there.ts";

/**
 * Moves a stopped group's committed offsets exactly as reviewed; never plans anew. Refuses when members joined, when a partition no
 * longer holds `from`, or when `to` has left [log start offset, high watermark]. A group that isn't there is made by it.
 * Not atomic: a consumer that starts meanwhile can win, so each outcome is what was read back afterwards. Once begun, it is seen through
 * even when the viewer leaves.
 * @throws {ProblemError} invalid-request, group-not-empty, group-type-unsupported, plan-outdated, offset-out-of-range, topic-not-found,
 *   partition-not-found, change-log-missing, change-log-unwritable, kafka-forbidden, broker-unreachable, cluster-unreachable,
 *   deadline-exceeded, cancelled; with each of them nothing was changed, unless its words say otherwise
 * @see KIP-122
 */
export async function resetOffsets(
  ctx: ClusterContext,
  { params: { group }, body: { moves, target, undoes } }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  assertEachOnce(moves);
  const reading = await readGroupIfThere(ctx, group);
  assertGroupStopped(ctx, reading);
  assertStillAt(reading, moves);
  await assertWithinPartitions(ctx, moves);
  const intended = moves.map((move) => ({
    ...{ topic: move.topic, partition: move.partition, to: goalOf(move) },
    before: reading?.committed?.get(move.topic)?.get(move.partition) ?? null,
  }));
  const { result, change, recordProblem } = await recordChange(
    ctx,
    {
      ...{ action: "reset-offsets", target: { group }, before: null, after: null, targetText: target, undoes },
      partitions: intended.map(({ topic, partition, before, to }) => ({
        topic,
        partition,
        before: savedOffset(before),
        after: savedOffset(to),
      })),
    },
    () => applyMoves(ctx, group, intended),
    movesOutcome,
  );
  return { change, outcomes: outcomesOf(result), recordProblem };
}

function goalOf({ to, toLeaderEpoch, toMetadata }: OffsetMove) {
  return to === null ? null : { offset: BigInt(to), leaderEpoch: toLeaderEpoch, metadata: toMetadata };
}
