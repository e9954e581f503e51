import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { planOffsetReset as contract, PlanProblem, ResetTarget } from "#lib/contracts/offset-resets.ts";
import { parseOffsetsCsv, type ReadRow } from "#lib/offsets-csv.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { GroupReading } from "./group-reading.ts";
import { readGroup } from "./read-group.ts";
import { makePlan, type OffsetPlan } from "./resets/make-plan.ts";
import { type Aim, KEPT, type PartitionFacts } from "./resets/plan-partition.ts";
import { readGroupIfThere } from "./resets/read-group-if-there.ts";
import { WantedPartitions } from "./resets/wanted-partitions.ts";

/**
 * What a reset would move, replay and skip, worked out as `kafka-consumer-groups.sh --reset-offsets --dry-run` does. Changes nothing.
 * What keeps a part of it from being planned is among the answer's problems; members of the group are its refusal, not an error.
 * @throws {ProblemError} invalid-request (too many partitions), group-not-found (the one whose offsets are to be taken),
 *   group-type-unsupported (it keeps none), kafka-forbidden, broker-unreachable (the coordinator is away), cluster-unreachable,
 *   deadline-exceeded, cancelled
 * @see KIP-122
 */
export async function planOffsetReset(
  ctx: ClusterContext,
  { params: { group }, body: { scope, target, edits } }: ParsedInput<typeof contract>,
): Promise<OffsetPlan> {
  const [reading, given] = await Promise.all([readGroupIfThere(ctx, group), readGiven(ctx, group, target)]);
  const wanted = new WantedPartitions();
  if (scope.of === "topics") for (const topic of scope.topics) wanted.addTopic(topic);
  if (scope.of === "partitions") for (const { topic, partition } of scope.partitions) wanted.add(topic, [partition]);
  if (scope.of === "group") {
    addPartitionsOf(reading, wanted);
    for (const { topic, partition } of given?.rows ?? []) wanted.add(topic, [partition]);
  }
  const edited = new Map(edits.map((edit) => [key(edit.topic, edit.partition), edit]));
  const outside = edits.filter(({ topic, partition }) => !wanted.has(topic, partition));
  const offsets = new Map(given?.rows.map((row) => [key(row.topic, row.partition), row]));
  return makePlan(ctx, {
    ...{ group, reading, wanted, sinceMs: sinceOf(target) },
    aimOf: (facts) => {
      const edit = edited.get(key(facts.topic, facts.partition));
      if (edit === undefined) return { aim: aimOf(target, facts, offsets), edited: false };
      return { aim: edit.offset === null ? KEPT : { at: "offset", offset: BigInt(edit.offset) }, edited: true };
    },
    lineOf: (topic, partition) => offsets.get(key(topic, partition))?.line ?? null,
    problems: [...(given?.problems ?? []), ...outside.map(editOutside)],
  });
}

/** The offsets that a file, or another group, gives. */
interface Given {
  readonly rows: readonly (Omit<ReadRow, "line"> & { readonly line: number | null })[];
  readonly problems: readonly PlanProblem[];
}

async function readGiven(ctx: ClusterContext, group: string, target: ResetTarget): Promise<Given | null> {
  if (target.to === "csv") return parseOffsetsCsv(target.csv, group);
  if (target.to !== "group") return null;
  const { reading } = await readGroup(ctx, target.group);
  if (reading.committed === null) {
    throw new ProblemError(
      "group-type-unsupported",
      `"${target.group}" is a ${reading.type} group: it has no committed offsets that could be taken over. Choose another group.`,
      { invalidParams: [{ path: "target.group", message: "it has no committed offsets" }] },
    );
  }
  const rows = [...reading.committed].flatMap(([topic, partitions]) =>
    [...partitions].map(([partition, { offset }]) => ({ topic, partition, offset, line: null })),
  );
  return { rows, problems: [] };
}

function addPartitionsOf(reading: GroupReading | null, wanted: WantedPartitions): void {
  for (const [topic, partitions] of reading?.committed ?? []) wanted.add(topic, partitions.keys());
  for (const { assigned, target } of reading?.members ?? []) {
    for (const [topic, partitions] of [...assigned, ...(target ?? [])]) wanted.add(topic, partitions);
  }
}

/** Milliseconds since 1970; null where no time is asked for. */
function sinceOf(target: ResetTarget): number | null {
  if (target.to === "timestamp") return target.timestampMs;
  return target.to === "ago" ? Math.max(0, Date.now() - target.durationMs) : null;
}

function aimOf(target: ResetTarget, facts: PartitionFacts, given: ReadonlyMap<string, { offset: bigint }>): Aim {
  switch (target.to) {
    case "earliest":
      return { at: "start" };
    case "latest":
      return { at: "end" };
    case "timestamp":
    case "ago":
      return { at: "since", offset: "unread" };
    case "offset":
      return { at: "offset", offset: BigInt(target.offset) };
    case "shift":
      return facts.committed === null ? KEPT : { at: "offset", offset: facts.committed.offset + BigInt(target.by) };
    case "group":
    case "csv": {
      const row = given.get(key(facts.topic, facts.partition));
      return row === undefined ? KEPT : { at: "offset", offset: row.offset };
    }
  }
}

function editOutside({ topic, partition }: { topic: string; partition: number }): PlanProblem {
  const detail = `${topic}-${partition} is edited, but isn't among the partitions that were chosen: it stays as it is.`;
  return { line: null, topic, partition, detail };
}

function key(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}
