import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { call } from "../api-client.ts";
import {
  deleteGroup,
  deleteGroupOffsets,
  planOffsetReset,
  planUndo,
  resetOffsets,
} from "../contracts/offset-resets.ts";
import { encodeGroupId } from "../group-id.ts";
import { queryKeys } from "./keys.ts";

/**
 * What is reviewed is what is sent: a plan is never asked for again unasked. Hence keys of its own, which no invalidation
 * of a group or of the changes reaches.
 */
const ONCE = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  retry: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

export type PlanRequest = z.input<typeof planOffsetReset.body>;

/** `edition` tells one plan from the next of the same request: "Plan again" counts it up. */
export function offsetPlanQuery(cluster: string, group: string, request: PlanRequest, edition: number) {
  return queryOptions({
    queryKey: [...queryKeys.cluster(cluster), "offset-plan", group, request, edition],
    queryFn: ({ signal }) => call(planOffsetReset, { cluster, group: encodeGroupId(group), body: request }, { signal }),
    ...ONCE,
  });
}

export function undoPlanQuery(cluster: string, change: string, edition: number) {
  return queryOptions({
    queryKey: [...queryKeys.cluster(cluster), "undo-plan", change, edition],
    queryFn: ({ signal }) => call(planUndo, { cluster, change }, { signal }),
    ...ONCE,
  });
}

export function resetOffsetsMutation(cluster: string, group: string) {
  return mutationOptions({
    mutationKey: [...queryKeys.group(cluster, group), "reset-offsets"],
    mutationFn: (body: z.input<typeof resetOffsets.body>) =>
      call(resetOffsets, { cluster, group: encodeGroupId(group), body }),
  });
}

export function deleteGroupMutation(cluster: string, group: string) {
  return mutationOptions({
    mutationKey: [...queryKeys.group(cluster, group), "delete"],
    mutationFn: () => call(deleteGroup, { cluster, group: encodeGroupId(group) }),
  });
}

export function deleteGroupOffsetsMutation(cluster: string, group: string) {
  return mutationOptions({
    mutationKey: [...queryKeys.group(cluster, group), "delete-offsets"],
    mutationFn: (topic: string) => call(deleteGroupOffsets, { cluster, group: encodeGroupId(group), query: { topic } }),
  });
}
