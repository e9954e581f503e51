import type { MoveOutcome } from "#lib/contracts/offset-resets.ts";
import { formatCount } from "#lib/format.ts";
import { isRefusal } from "../../kafka/ask-about-groups.ts";
import type { ClusterConnections } from "../../kafka/connections.ts";
import { type CommittedOffsets, fetchCommittedOffsets } from "../../kafka/fetch-committed-offsets.ts";
import type { CommittedOffset } from "../group-reading.ts";
import { atCoordinator, isAway, isMoving, MOVED } from "./at-coordinator.ts";
import type { CoordinatorAnswer, Move } from "./commit-moves.ts";
import { commitRefusal } from "./commit-refusal.ts";
import { isSameCommit } from "./is-same-commit.ts";

/** What became of one move, and what was read back: null no commit, undefined not read. */
export interface SettledMove {
  readonly move: Move;
  readonly outcome: MoveOutcome["outcome"];
  readonly detail: string | null;
  readonly readBack: CommittedOffset | null | undefined;
}

/**
 * What a group has committed, from its coordinator or the one that follows it; null when nobody told before the signal ended it.
 * @throws {ProblemError} kafka-forbidden
 */
export async function readCommitsBack(
  kafka: ClusterConnections,
  group: string,
  signal: AbortSignal,
): Promise<CommittedOffsets | null> {
  try {
    return await atCoordinator(kafka, group, signal, async (coordinator) => {
      try {
        const told = (await fetchCommittedOffsets(kafka, coordinator, [group], signal)).get(group);
        if (told === undefined) return null;
        if (!isRefusal(told)) return told;
        return isMoving(told.errorCode) ? MOVED : null;
      } catch (error) {
        if (!signal.aborted && isAway(error)) return MOVED;
        throw error;
      }
    });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/** What is true of each move, by what the coordinator said and by what the group holds now. `before`: what it held when it was asked. */
export function settleMoves(
  moves: readonly (Move & { readonly before: CommittedOffset | null })[],
  answers: readonly CoordinatorAnswer[],
  committed: CommittedOffsets | null,
): SettledMove[] {
  return moves.map((move, index) => {
    const readBack = committed === null ? undefined : (committed.get(move.topic)?.get(move.partition) ?? null);
    return { move, readBack, ...outcomeOf(move, answers[index] ?? null, readBack) };
  });
}

function outcomeOf(
  move: Move & { readonly before: CommittedOffset | null },
  answer: CoordinatorAnswer,
  readBack: CommittedOffset | null | undefined,
): Pick<SettledMove, "outcome" | "detail"> {
  const refusal = answer !== null && "errorCode" in answer && answer.errorCode !== 0 ? answer.errorCode : null;
  if (readBack === undefined) {
    if (refusal !== null) return { outcome: "failed", detail: commitRefusal(refusal, move) };
    if (answer === null) return { outcome: "failed", detail: NOT_SENT };
    const said = "silence" in answer ? answer.silence.message : "The coordinator confirmed it.";
    return { outcome: "unknown", detail: `${said} It could not be read back: look at the group in a moment.` };
  }
  if (isSameCommit(readBack, move.to)) return { outcome: "moved", detail: null };
  if (refusal !== null) return { outcome: "failed", detail: commitRefusal(refusal, move) };
  if (answer !== null && "errorCode" in answer) {
    return {
      outcome: "overwritten",
      detail: `It was moved, and then somebody else committed: ${inWords(readBack, move)}.`,
    };
  }
  if (!isSameCommit(readBack, move.before)) {
    return { outcome: "overwritten", detail: `Somebody else committed meanwhile: ${inWords(readBack, move)}.` };
  }
  if (answer === null) return { outcome: "failed", detail: NOT_SENT };
  return { outcome: "failed", detail: `${answer.silence.message} It is where it was: try again.` };
}

const NOT_SENT = "It was not sent, since the coordinator did not answer for those before it: try again.";

function inWords(now: CommittedOffset | null, { to }: Move): string {
  if (now === null) return "it has no commit now";
  const beside = now.offset === to?.offset ? ", with other metadata or another leader epoch" : "";
  return `it is at ${formatCount(now.offset)} now${beside}`;
}
