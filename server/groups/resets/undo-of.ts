import type { ChangedPartition } from "#lib/contracts/changes.ts";
import type { PlanProblem } from "#lib/contracts/offset-resets.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../../context.ts";
import type { MetadataTopic } from "../../kafka/read-metadata.ts";
import type { PlanToMake } from "./make-plan.ts";
import { OUT_OF_SIGHT } from "./out-of-sight.ts";
import { type Aim, KEPT } from "./plan-partition.ts";
import { WantedPartitions } from "./wanted-partitions.ts";

/**
 * What takes a change of offsets back, from its record: each partition that was changed, or may have been, to what was saved before.
 * @throws {ProblemError} change-not-found, change-not-undoable, and as `ChangeLog.get`
 */
export async function undoOf(
  ctx: Pick<ClusterContext, "changes" | "signal">,
  id: string,
): Promise<Omit<PlanToMake, "reading">> {
  const change = await ctx.changes.get(id, ctx.signal);
  if (change.notUndoable !== null) throw new ProblemError("change-not-undoable", change.notUndoable);
  const { group } = change.target;
  const changed = change.partitions.filter(({ outcome }) => outcome !== "failed");
  if (group === null || changed.length === 0) {
    throw new ProblemError("change-not-undoable", "It changed no committed offset, so there is nothing to take back.");
  }
  const wanted = new WantedPartitions();
  for (const { topic, partition } of changed) wanted.add(topic, [partition]);
  // The only thing that such a record says beside its partitions.
  const hidden = change.action === "delete-group" && change.before !== null;
  const unseen = hidden ? [{ line: null, topic: null, partition: null, detail: OUT_OF_SIGHT }] : [];
  const saved = new Map(changed.map((one) => [`${one.topic}:${one.partition}`, one]));
  return {
    ...{ group, wanted, sinceMs: null, lineOf: () => null, problems: unseen },
    aimOf: ({ topic: name, partition }, topic) => {
      const one = saved.get(`${name}:${partition}`);
      return { aim: one === undefined || isAnother(one, topic) ? KEPT : aimOf(one, topic), edited: false };
    },
    problemOf: (topic) => {
      const others = changed.filter((one) => one.topic === topic.name && isAnother(one, topic));
      return others.length === 0 ? null : madeAnew(topic.name);
    },
  };
}

/** Whether the topic that stood there then is gone: saved offsets are those of its messages. */
function isAnother({ topicId }: ChangedPartition, topic: MetadataTopic): boolean {
  return topicId !== null && topic.topicId !== null && topicId !== topic.topicId;
}

function madeAnew(topic: string): PlanProblem {
  const detail = `${topic} was deleted and made anew since the change: what was saved are offsets of messages that are gone. It stays as it is; reset it if it is to start elsewhere.`;
  return { line: null, topic, partition: null, detail };
}

function aimOf({ before, partition }: ChangedPartition, { partitions }: MetadataTopic): Aim {
  if (before === null) return { at: "no-commit" };
  const { offset, leaderEpoch, metadata } = before;
  const newest = partitions[partition]?.leaderEpoch ?? null;
  // An epoch that this partition never had is another topic's, of the same name: consumers would take it for a cut-off log.
  const known = leaderEpoch !== null && newest !== null && leaderEpoch > newest ? null : leaderEpoch;
  return { at: "offset", offset: BigInt(offset), leaderEpoch: known, metadata, restored: true };
}
