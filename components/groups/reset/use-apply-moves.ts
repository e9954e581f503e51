"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { OffsetMove, OffsetPlan } from "#lib/contracts/offset-resets.ts";
import { ProblemError } from "#lib/problem.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import { queryKeys } from "#lib/queries/keys.ts";
import { resetOffsetsMutation } from "#lib/queries/offset-resets.ts";
import { type Applied, mergeApplied, movesToSend, pairOutcomes, retryOf } from "./plan-moves.ts";

/** What was done: over the first attempt and all retries. */
export interface ApplyResult {
  readonly applied: readonly Applied[];
  /** One a attempt, those on record. */
  readonly changes: readonly string[];
  readonly recordProblem: string | null;
  /** When the newest answer came, by this browser's clock: what was read of the group before is of before the move. */
  readonly answeredAtMs: number;
}

export interface ApplyRecord {
  /** What the moves were worked out from. */
  readonly target: string;
  /** The change that they take back. */
  readonly undoes: string | null;
}

/** Applies a plan exactly as reviewed, once a click; then, on another click, what of it failed. */
export function useApplyMoves(cluster: string, group: string, record: ApplyRecord) {
  const queryClient = useQueryClient();
  const [result, setResult] = useState<ApplyResult | null>(null);
  const [attempted, setAttempted] = useState<OffsetPlan | null>(null);
  const [retryError, setRetryError] = useState<unknown>(null);
  const [isRetrying, setRetrying] = useState(false);
  /** Known at once, before anything is rendered again: a double-click sends once. */
  const busy = useRef(false);
  const mutation = useMutation({
    ...resetOffsetsMutation(cluster, group),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.group(cluster, group) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.groups(cluster), refetchType: "none" });
      void queryClient.invalidateQueries({ queryKey: queryKeys.changes(cluster) });
    },
  });
  const send = async (moves: OffsetMove[]) => {
    const { change, outcomes, recordProblem } = await mutation.mutateAsync({ moves, ...record });
    return { applied: pairOutcomes(moves, outcomes), change, recordProblem };
  };

  const apply = async (plan: OffsetPlan) => {
    if (busy.current) return;
    busy.current = true;
    setAttempted(plan);
    try {
      const { applied, change, recordProblem } = await send(movesToSend(plan.moves));
      setResult({ applied, changes: change === null ? [] : [change], recordProblem, answeredAtMs: Date.now() });
    } catch {
      // It is `mutation.error`, and shown.
    } finally {
      busy.current = false;
    }
  };

  const retry = async () => {
    if (busy.current || result === null) return;
    busy.current = true;
    setRetrying(true);
    setRetryError(null);
    try {
      const live = await queryClient.fetchQuery({ ...groupQuery(cluster, group), staleTime: 0 }).catch(nullIfUnknown);
      const { send: moves, settled, lost } = retryOf(result.applied, live);
      const next = moves.length === 0 ? null : await send(moves);
      setResult({
        applied: mergeApplied(result.applied, [...settled, ...lost, ...(next?.applied ?? [])]),
        changes: [...result.changes, ...(next?.change ? [next.change] : [])],
        recordProblem: next === null ? result.recordProblem : next.recordProblem,
        answeredAtMs: Date.now(),
      });
    } catch (error) {
      setRetryError(error);
    } finally {
      setRetrying(false);
      busy.current = false;
    }
  };

  return {
    apply,
    isApplying: mutation.isPending && result === null,
    /** Of the last attempt, and of which plan it was: it says nothing about another. */
    applyError: result === null ? mutation.error : null,
    attempted,
    result,
    retry,
    isRetrying,
    retryError,
  };
}

/** A group that isn't known has no commits. */
function nullIfUnknown(error: unknown): null {
  if (error instanceof ProblemError && error.code === "group-not-found") return null;
  throw error;
}
