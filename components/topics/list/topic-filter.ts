import type { NameFilter } from "#lib/name-filter.ts";
import type { TopicHealthFilter } from "#lib/url-state.ts";
import type { TopicRow } from "./topic-rows.ts";

export interface TopicFilter {
  readonly name: NameFilter;
  readonly health: TopicHealthFilter;
  readonly internal: boolean;
}

export interface FilteredTopics {
  readonly rows: readonly TopicRow[];
  /** Internal topics that would match, were they shown. */
  readonly hiddenInternal: number;
  /** Topics that are left out though they may match: their min.insync.replicas isn't known. */
  readonly undecided: number;
}

export function filterTopics(rows: readonly TopicRow[], { name, health, internal }: TopicFilter): FilteredTopics {
  if (name.kind === "invalid" || name.kind === "waiting") return { rows: [], hiddenInternal: 0, undecided: 0 };
  const kept: TopicRow[] = [];
  let hiddenInternal = 0;
  let undecided = 0;
  for (const row of rows) {
    if (name.kind === "names" && !name.matches(row.name)) continue;
    if (health === "under-min-isr" && row.underMinIsr === null) undecided += 1;
    if (!hasHealth(row, health)) continue;
    if (row.internal && !internal) hiddenInternal += 1;
    else kept.push(row);
  }
  return { rows: kept, hiddenInternal, undecided };
}

/** Partitions in trouble, worst kind first: what the health column sorts by. */
export function troubleOf({ offline, underMinIsr, underReplicated }: TopicRow): number {
  return offline * 1e12 + (underMinIsr ?? 0) * 1e6 + underReplicated;
}

function hasHealth(row: TopicRow, health: TopicHealthFilter): boolean {
  switch (health) {
    case "any":
      return true;
    case "not-in-sync":
      return troubleOf(row) > 0;
    case "offline":
      return row.offline > 0;
    case "under-min-isr":
      return (row.underMinIsr ?? 0) > 0;
    case "under-replicated":
      return row.underReplicated > 0;
    case "in-sync":
      return troubleOf(row) === 0;
  }
}
