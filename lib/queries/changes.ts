import { mutationOptions, queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { createChangeLog, getChange, getRecording, listChanges } from "../contracts/changes.ts";
import { queryKeys } from "./keys.ts";
import { POLL_MS, polled } from "./polling.ts";

const PAGE = 100;

/** Of one group or one topic, older than one change: each when named. */
export interface ChangesWanted {
  readonly group?: string;
  readonly topic?: string;
  readonly before?: string;
}

/** A page of changes, newest first. */
export function changesQuery(cluster: string, wanted: ChangesWanted = {}) {
  return queryOptions({
    queryKey: [...queryKeys.changes(cluster), "list", wanted],
    queryFn: ({ signal }) => call(listChanges, { cluster, query: { limit: PAGE, ...wanted } }, { signal }),
    // From page to page; never those of another group or topic.
    placeholderData: (list, query) => {
      const shown = query?.queryKey.at(-1) as ChangesWanted | undefined;
      return shown?.group === wanted.group && shown?.topic === wanted.topic ? list : undefined;
    },
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
