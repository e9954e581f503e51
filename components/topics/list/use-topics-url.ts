"use client";
import { useQueryStates } from "nuqs";
import { topicsUrl } from "#lib/url-state.ts";
import { topicColumns } from "./topic-columns.tsx";

const sortable = new Set(topicColumns.filter(({ sortValue }) => sortValue !== undefined).map(({ id }) => id));

/** What the list shows, as the address has it; a column that doesn't exist sorts by name. */
export function useTopicsUrl() {
  const [url, setUrl] = useQueryStates(topicsUrl, { history: "replace", shallow: true, clearOnDefault: true });
  return [sortable.has(url.sort.id) ? url : { ...url, sort: { id: "name", desc: false } }, setUrl] as const;
}

export type TopicsUrl = ReturnType<typeof useTopicsUrl>[0];
export type SetTopicsUrl = ReturnType<typeof useTopicsUrl>[1];
