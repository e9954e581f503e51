import type { ChangedPartition } from "#lib/contracts/changes.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { planUndo as contract } from "#lib/contracts/offset-resets.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { makePlan, type OffsetPlan } from "./resets/make-plan.ts";
import { type Aim, KEPT } from "./resets/plan-partition.ts";
import { readGroupIfThere } from "./resets/read-group-if-there.ts";
import { WantedPartitions } from "./resets/wanted-partitions.ts";

/**
 * A plan that takes a change of offsets back: each partition that was changed, or may have been, to what was saved before, with its metadata
 * and leader epoch; those that had no commit lose theirs. Changes nothing.
 * @throws {ProblemError} change-not-found, change-not-undoable, and as `planOffsetReset`
 */
export async function planUndo(ctx: ClusterContext, { params }: ParsedInput<typeof contract>): Promise<OffsetPlan> {
  const change = await ctx.changes.get(params.change, ctx.signal);
  if (change.notUndoable !== null) throw new ProblemError("change-not-undoable", change.notUndoable);
  const { group } = change.target;
  const changed = change.partitions.filter(({ outcome }) => outcome !== "failed");
  if (group === null || changed.length === 0) {
    throw new ProblemError("change-not-undoable", "It changed no committed offset, so there is nothing to take back.");
  }
  const wanted = new WantedPartitions();
  for (const { topic, partition } of changed) wanted.add(topic, [partition]);
  const saved = new Map(changed.map((one) => [`${one.topic}:${one.partition}`, one]));
  return makePlan(ctx, {
    ...{ group, wanted, sinceMs: null, lineOf: () => null, problems: [] },
    reading: await readGroupIfThere(ctx, group),
    aimOf: ({ topic: name, partition }, topic) => {
      const one = saved.get(`${name}:${partition}`);
      return { aim: one === undefined ? KEPT : aimOf(one, topic), edited: false };
    },
  });
}

function aimOf({ before, partition }: ChangedPartition, { partitions }: MetadataTopic): Aim {
  if (before === null) return { at: "no-commit" };
  const { offset, leaderEpoch, metadata } = before;
  const newest = partitions[partition]?.leaderEpoch ?? null;
  // An epoch that this partition never had is another topic's, of the same name: consumers would take it for a cut-off log.
  const known = leaderEpoch !== null && newest !== null && leaderEpoch > newest ? null : leaderEpoch;
  return { at: "offset", offset: BigInt(offset), leaderEpoch: known, metadata, restored: true };
}
