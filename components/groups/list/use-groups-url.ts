"use client";
import { useQueryStates } from "nuqs";
import { groupsUrl } from "#lib/url-state.ts";
import { groupColumns } from "./group-columns.tsx";

const sortable = new Set(groupColumns.filter(({ sortValue }) => sortValue !== undefined).map(({ id }) => id));

/** What the list shows, as the address has it; a column that doesn't exist sorts worst first. */
export function useGroupsUrl() {
  const [url, setUrl] = useQueryStates(groupsUrl, { history: "replace", shallow: true, clearOnDefault: true });
  return [sortable.has(url.sort.id) ? url : { ...url, sort: groupsUrl.sort.defaultValue }, setUrl] as const;
}

export type GroupsUrl = ReturnType<typeof useGroupsUrl>[0];
export type SetGroupsUrl = ReturnType<typeof useGroupsUrl>[1];
