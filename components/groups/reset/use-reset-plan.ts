"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useDebounced } from "#components/ui/use-debounced.ts";
import type { OffsetPlan } from "#lib/contracts/offset-resets.ts";
import { offsetPlanQuery, type PlanRequest, undoPlanQuery } from "#lib/queries/offset-resets.ts";

const SETTLES_AFTER_MS = 400;

/** A plan on screen. It changes when what is asked for does, or by `planAgain`; never by itself. */
export interface PlanState {
  /** The newest there is; while the next is made, the one before. */
  readonly plan: OffsetPlan | undefined;
  /** It is the plan of what is asked for now: it may be applied. */
  readonly isCurrent: boolean;
  readonly isPlanning: boolean;
  /** Why what is asked for now can't be planned. */
  readonly error: unknown;
  readonly planAgain: () => void;
}

/** @param request null while the form lacks something: the plan of before stays in sight. Pass the same object while nothing changed. */
export function useResetPlan(cluster: string, group: string, request: PlanRequest | null): PlanState {
  const [edition, setEdition] = useState(0);
  const settled = useDebounced(request, SETTLES_AFTER_MS);
  const asks = request !== null && settled === request;
  const query = useQuery({
    ...offsetPlanQuery(cluster, group, settled ?? NOTHING, edition),
    enabled: asks,
    placeholderData: keepPreviousData,
  });
  return {
    plan: query.data,
    isCurrent: asks && query.isSuccess && !query.isPlaceholderData && !query.isFetching,
    isPlanning: request !== null && (!asks || query.isFetching),
    error: asks && !query.isFetching ? query.error : null,
    planAgain: () => setEdition((count) => count + 1),
  };
}

/** Stands in the key while nothing is asked. */
const NOTHING: PlanRequest = { scope: { of: "group" }, target: { to: "latest" }, edits: [] };

/** The plan that takes a change back. */
export function useUndoPlan(cluster: string, change: string): PlanState {
  const [edition, setEdition] = useState(0);
  const query = useQuery({ ...undoPlanQuery(cluster, change, edition), placeholderData: keepPreviousData });
  return {
    plan: query.data,
    isCurrent: query.isSuccess && !query.isPlaceholderData && !query.isFetching,
    isPlanning: query.isFetching,
    error: query.isFetching ? null : query.error,
    planAgain: () => setEdition((count) => count + 1),
  };
}
