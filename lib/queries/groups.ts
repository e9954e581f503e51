import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../api-client.ts";
import { getGroup, getGroupLag, listGroups } from "../contracts/groups.ts";
import { exportGroupOffsets } from "../contracts/offset-resets.ts";
import { encodeGroupId } from "../group-id.ts";
import { queryKeys } from "./keys.ts";
import { POLL_MS, polled, polledLarge } from "./polling.ts";

export function groupsQuery(cluster: string) {
  return queryOptions({
    queryKey: queryKeys.groups(cluster),
    queryFn: ({ signal }) => call(listGroups, { cluster }, { signal }),
    ...polledLarge(POLL_MS.groups),
  });
}

/** The groups that read one topic, with their numbers there. */
export function topicGroupsQuery(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...queryKeys.topic(cluster, topic), "groups"],
    queryFn: ({ signal }) => call(listGroups, { cluster, query: { topic } }, { signal }),
    ...polled(POLL_MS.groups),
  });
}

export function groupQuery(cluster: string, group: string) {
  return queryOptions({
    queryKey: queryKeys.group(cluster, group),
    queryFn: ({ signal }) => call(getGroup, { cluster, group: encodeGroupId(group) }, { signal }),
    ...polled(POLL_MS.group),
  });
}

/** Lag over time: of the partitions that lag most, or of those named. */
export function groupLagQuery(
  cluster: string,
  group: string,
  only: { readonly topic?: string; readonly partition?: number } = {},
) {
  return queryOptions({
    queryKey: [...queryKeys.group(cluster, group), "lag", only],
    queryFn: ({ signal }) => call(getGroupLag, { cluster, group: encodeGroupId(group), query: only }, { signal }),
    placeholderData: keepPreviousData,
    ...polled(POLL_MS.groupLag),
  });
}

/** Where a group's committed offsets can be saved from, as kafka-consumer-groups.sh --from-file takes them. */
export function offsetsCsvUrl(cluster: string, group: string): string {
  return exportGroupOffsets.path
    .replace(":cluster", encodeURIComponent(cluster))
    .replace(":group", encodeURIComponent(encodeGroupId(group)));
}
