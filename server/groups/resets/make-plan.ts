import type { z } from "zod";
import type { offsetPlan, PlannedMove, PlanProblem } from "#lib/contracts/offset-resets.ts";
import { formatCount } from "#lib/format.ts";
import type { ClusterContext } from "../../context.ts";
import { listOffsets, type OffsetsByTopic } from "../../kafka/list-offsets.ts";
import { type MetadataTopic, readMetadata } from "../../kafka/read-metadata.ts";
import type { GroupReading } from "../group-reading.ts";
import { isAssignedByHand } from "../verdicts/manual-assignment.ts";
import { withMessageTimes } from "./message-times.ts";
import { type Aim, type PartitionFacts, planPartition } from "./plan-partition.ts";
import { planTotals } from "./plan-totals.ts";
import { readSessionTimeout, refusalOf } from "./refusal.ts";
import type { FoundTopic, WantedPartitions } from "./wanted-partitions.ts";

export type OffsetPlan = z.input<typeof offsetPlan>;

export interface PlanToMake {
  readonly group: string;
  /** Null: there is no such group. */
  readonly reading: GroupReading | null;
  readonly wanted: WantedPartitions;
  /** Where each of them shall go. */
  readonly aimOf: (facts: PartitionFacts, topic: MetadataTopic) => { readonly aim: Aim; readonly edited: boolean };
  /** Why nothing of a topic is to be moved although it is there; null: nothing keeps it. */
  readonly problemOf?: (topic: MetadataTopic) => PlanProblem | null;
  /** The first messages since then are looked up. */
  readonly sinceMs: number | null;
  /** Where a file names a partition. */
  readonly lineOf: (topic: string, partition: number) => number | null;
  readonly problems: readonly PlanProblem[];
}

/** More problems than this are not told one by one. */
const MAX_PROBLEMS = 200;

/**
 * Works a plan out from the partitions as they are now: their ends are read after the group's commits, so that no commit lies beyond.
 * @throws {ProblemError} invalid-request (too many partitions), cluster-unreachable, deadline-exceeded, cancelled
 */
export async function makePlan(ctx: ClusterContext, plan: PlanToMake): Promise<OffsetPlan> {
  const { group, reading } = plan;
  const refusal = refusalOf(ctx, reading);
  const movable = refusal === null || refusal.code === "group-not-empty";
  const [{ moves, problems }, recording, sessionTimeoutMs] = await Promise.all([
    movable ? planMoves(ctx, plan) : { moves: [], problems: [] },
    ctx.changes.recording(ctx.signal),
    reading !== null && refusal !== null ? readSessionTimeout(ctx, reading) : null,
  ]);
  return {
    group,
    exists: reading !== null,
    type: reading?.type ?? "classic",
    state: reading?.state ?? "dead",
    moves: await withMessageTimes(ctx, moves),
    problems: bounded([...plan.problems, ...problems]),
    totals: planTotals(moves),
    refusal: refusal && { ...refusal, sessionTimeoutMs },
    mayBeOverwritten: commitsWithoutMembers(ctx, reading),
    recording,
    observedAtMs: Date.now(),
  };
}

/**
 * What would be moved, without the times of the messages there.
 * @throws {ProblemError} as `makePlan`
 */
export async function planMoves(
  ctx: ClusterContext,
  { reading, wanted, aimOf, sinceMs, lineOf, problemOf = () => null }: Omit<PlanToMake, "group" | "problems">,
): Promise<{ readonly moves: readonly PlannedMove[]; readonly problems: readonly PlanProblem[] }> {
  const { topics } = await readMetadata(ctx.kafka, wanted.topics, ctx.signal);
  const { found, problems } = wanted.among(topics, lineOf);
  const read = await readOffsets(ctx, found, sinceMs);
  const moves = found.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => {
      const facts: PartitionFacts = {
        ...{ topic: topic.name, partition },
        committed: reading?.committed?.get(topic.name)?.get(partition) ?? null,
        logStartOffset: read.earliest.get(topic.name)?.[partition] ?? null,
        highWatermark: read.latest.get(topic.name)?.[partition] ?? null,
      };
      const { aim, edited } = aimOf(facts, topic);
      return planPartition(facts, aim.at === "since" ? sinceAim(read.since, facts) : aim, edited);
    }),
  );
  const ofTopics = found.flatMap(({ topic }) => problemOf(topic) ?? []);
  return { moves, problems: [...problems, ...ofTopics] };
}

/** What is found by its time is looked up before the ends are: it lies within them. */
async function readOffsets(ctx: ClusterContext, found: readonly FoundTopic[], sinceMs: number | null) {
  const topics = found.map(({ topic }) => topic);
  const since = sinceMs === null ? null : (await listOffsets(ctx.kafka, topics, [{ sinceMs }], ctx.signal))[0].offsets;
  const [earliest, latest] = await listOffsets(ctx.kafka, topics, ["earliest", "latest"], ctx.signal);
  return { since, earliest: earliest.offsets, latest: latest.offsets };
}

function sinceAim(since: OffsetsByTopic | null, { topic, partition }: PartitionFacts): Aim {
  const offset = since?.get(topic)?.[partition] ?? null;
  if (offset === null) return { at: "since", offset: "unread" };
  return { at: "since", offset: offset < 0n ? null : offset };
}

function bounded(problems: readonly PlanProblem[]): PlanProblem[] {
  if (problems.length <= MAX_PROBLEMS) return [...problems];
  const more = problems.length - MAX_PROBLEMS;
  const detail = `${formatCount(more)} more partitions could not be planned. Mend those above, and plan again.`;
  return [...problems.slice(0, MAX_PROBLEMS), { line: null, topic: null, partition: null, detail }];
}

/** Nobody is in the group, and yet somebody commits for it: who assigns partitions by hand needs no group. */
function commitsWithoutMembers({ state }: ClusterContext, reading: GroupReading | null): boolean {
  const history = reading === null ? null : state.groupObserver.history(reading.group);
  return reading !== null && history !== null && isAssignedByHand({ reading, history, nowMs: Date.now() });
}
