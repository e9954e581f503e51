import { infiniteQueryOptions, mutationOptions, queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { createChangeLog, getChange, getRecording, listChanges } from "../contracts/changes.ts";
import { queryKeys } from "./keys.ts";
import { POLL_MS, polled } from "./polling.ts";

const PAGE = 100;

/** Newest first, page by page; of one group or one topic when named. */
export function changesQuery(cluster: string, only: { readonly group?: string; readonly topic?: string } = {}) {
  return infiniteQueryOptions({
    queryKey: [...queryKeys.changes(cluster), "list", only],
    queryFn: ({ signal, pageParam }) =>
      call(
        listChanges,
        { cluster, query: { limit: PAGE, ...only, ...(pageParam !== null && { before: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ changes, more }) => (more ? (changes.at(-1)?.id ?? null) : null),
    ...polled(POLL_MS.changes),
  });
}

export function changeQuery(cluster: string, change: string) {
  return queryOptions({
    queryKey: [...queryKeys.changes(cluster), change],
    queryFn: ({ signal }) => call(getChange, { cluster, change }, { signal }),
    ...polled(POLL_MS.changes),
  });
}

/** Whether what is about to be done will be recorded. */
export function recordingQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.changes(cluster), "recording"],
    queryFn: ({ signal }) => call(getRecording, { cluster }, { signal }),
    ...polled(POLL_MS.changes),
  });
}

export function createChangeLogMutation(cluster: string) {
  return mutationOptions({
    mutationKey: [...queryKeys.changes(cluster), "create-log"],
    mutationFn: () => call(createChangeLog, { cluster }),
  });
}
