import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import type { resetOffsets } from "#lib/contracts/offset-resets.ts";
import { ProblemError } from "#lib/problem.ts";
import type { AnswerBudget } from "../../answer-budget.ts";
import type { Outcome, SavedOffset } from "../../changes/change.ts";
import { OUTCOME_RESERVE_MS } from "../../changes/open-change.ts";
import type { ClusterContext } from "../../context.ts";
import type { ClusterConnections } from "../../kafka/connections.ts";
import type { CommittedOffsets } from "../../kafka/fetch-committed-offsets.ts";
import { codeProblem } from "../../kafka/kafka-problem.ts";
import type { CommittedOffset } from "../group-reading.ts";
import { assertStillAt } from "./assert-moves-hold.ts";
import { type CoordinatorAnswer, commitMoves, type Move } from "./commit-moves.ts";
import { commitRefusal, saysMembers } from "./commit-refusal.ts";
import { isSameCommit } from "./is-same-commit.ts";
import { readCommitsBack, type SettledMove, settleMoves } from "./settle-moves.ts";

export interface IntendedMove extends Move {
  /** Null: no commit. */
  readonly before: CommittedOffset | null;
}

/** For the commits, their coordinator's successor included where it moves. */
const COMMIT_MS = 6_500;
/** For all of it: where a coordinator died, what became of its commits is known once another has loaded the group. */
const SEEN_THROUGH_MS = 11_500;
/** Of an answer's time, what commits leave for reading them back. */
const READ_BACK_RESERVE_MS = 1_500;
/**
 * A coordinator that has just taken over tells commits as they were before the last ones, although it has these, until the other
 * replicas have fetched from it: half a second was seen.
 */
const DOUBTED_MS = 3_000;
const BETWEEN_READS_MS = 200;
const GROUP_FORBIDDEN = 30;

/**
 * Commits moves and reads back what became of each. Not ended by the viewer's departure: half a change helps nobody. When the answer is due,
 * what isn't known yet is told as unknown.
 * @throws {ProblemError} plan-outdated (the group has committed since `before`), group-not-empty, kafka-forbidden, broker-unreachable: nothing
 *   was committed
 */
export async function applyMoves(
  { kafka }: Pick<ClusterContext, "kafka">,
  group: string,
  moves: readonly IntendedMove[],
  budget: AnswerBudget,
): Promise<readonly SettledMove[]> {
  const untilRead = AbortSignal.timeout(budget.share(SEEN_THROUGH_MS, OUTCOME_RESERVE_MS));
  const commitMs = budget.share(COMMIT_MS, READ_BACK_RESERVE_MS + OUTCOME_RESERVE_MS);
  await assertStillAsBefore(kafka, group, moves, AbortSignal.timeout(commitMs));
  const answers = await commitMoves(kafka, group, moves, AbortSignal.timeout(commitMs));
  assertNotRefused(group, moves, answers);
  let settled = settleMoves(moves, answers, await readOutcome(kafka, group, untilRead));
  const doubtUntilMs = performance.now() + DOUBTED_MS;
  while (isDoubtful(settled, answers) && performance.now() < doubtUntilMs && !untilRead.aborted) {
    await delay(BETWEEN_READS_MS);
    const committed = await readOutcome(kafka, group, untilRead);
    if (committed !== null) settled = settleMoves(moves, answers, committed);
  }
  return settled;
}

/** Once commits were sent, a refusal to tell them is no failure of the change: null, what became of it isn't known. */
async function readOutcome(
  kafka: ClusterConnections,
  group: string,
  signal: AbortSignal,
): Promise<CommittedOffsets | null> {
  try {
    return await readCommitsBack(kafka, group, signal);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** Recording what is about to be done takes a moment: a consumer that ran and stopped in it is not to be undone unseen. */
async function assertStillAsBefore(
  kafka: ClusterContext["kafka"],
  group: string,
  moves: readonly IntendedMove[],
  signal: AbortSignal,
): Promise<void> {
  const committed = await readCommitsBack(kafka, group, signal);
  if (committed === null) {
    throw new ProblemError(
      "broker-unreachable",
      `The coordinator of group "${group}" doesn't tell where the group is just now. Nothing was changed: try again in a few seconds.`,
    );
  }
  const from = moves.map(({ topic, partition, before }) => ({
    ...{ topic, partition },
    from: before?.offset.toString() ?? null,
  }));
  assertStillAt(committed, from);
}

/** Whether something that the coordinator stored, or may have stored, reads as if it hadn't. */
function isDoubtful(settled: readonly SettledMove[], answers: readonly CoordinatorAnswer[]): boolean {
  return settled.some(({ outcome }, index) => {
    const answer = answers[index] ?? null;
    if (outcome === "moved" || outcome === "unknown" || answer === null) return false;
    return "silence" in answer || answer.errorCode === 0;
  });
}

/** What is refused to the group as a whole is no outcome of its partitions. */
function assertNotRefused(group: string, moves: readonly Move[], answers: readonly CoordinatorAnswer[]): void {
  const codes = answers.map((answer) => (answer !== null && "errorCode" in answer ? answer.errorCode : 0));
  const [move] = moves;
  const [code = 0] = codes;
  if (move === undefined) return;
  if (codes.every(saysMembers)) {
    throw new ProblemError("group-not-empty", `${commitRefusal(code, move)} Nothing was changed in "${group}".`);
  }
  if (codes.every((one) => one === GROUP_FORBIDDEN)) {
    const needs = `${move.to === null ? "Delete" : "Read"} on Group ${group}`;
    const asking = { what: `changes of group ${group}`, needs };
    throw codeProblem(code, null, asking) ?? new Error("a refusal is a problem");
  }
}

/** As the change log keeps it. */
export function movesOutcome(settled: readonly SettledMove[]): Outcome {
  const moved = settled.filter(({ outcome }) => outcome === "moved").length;
  const uncertain = settled.some(({ outcome }) => outcome === "unknown" || outcome === "overwritten");
  return {
    state: moved === settled.length ? "done" : moved === 0 && !uncertain ? "failed" : "partial",
    partitions: settled.map(({ move: { topic, partition, to }, outcome, detail, readBack }) => ({
      ...{ topic, partition, outcome, detail },
      ...(readBack !== undefined && !isSameCommit(readBack, to) && { after: savedOffset(readBack) }),
    })),
  };
}

/** As the answer tells it. */
export function outcomesOf(settled: readonly SettledMove[]): z.input<typeof resetOffsets.response>["outcomes"] {
  return settled.map(({ move: { topic, partition }, outcome, detail, readBack }) => ({
    ...{ topic, partition, outcome, detail },
    committedOffset: readBack?.offset.toString() ?? null,
  }));
}

export function savedOffset(committed: CommittedOffset | null): SavedOffset | null {
  return committed && { ...committed, offset: committed.offset.toString() };
}
