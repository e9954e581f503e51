import type { GroupState } from "#lib/contracts/groups.ts";
import type { NameFilter } from "#lib/name-filter.ts";
import type { GroupStateFilter, GroupTypeFilter, GroupVerdictFilter } from "#lib/url-state.ts";
import type { GroupRow } from "./group-rows.ts";

export interface GroupFilter {
  readonly name: NameFilter;
  readonly state: GroupStateFilter;
  readonly type: GroupTypeFilter;
  readonly verdict: GroupVerdictFilter;
}

export function filterGroups(rows: readonly GroupRow[], { name, state, type, verdict }: GroupFilter): GroupRow[] {
  if (name.kind === "invalid" || name.kind === "waiting") return [];
  return rows.filter(
    (row) =>
      (name.kind === "all" || name.matches(row.group)) &&
      (state === "any" || stateClass[row.state] === state) &&
      (type === "any" || row.type === type) &&
      hasVerdict(row, verdict),
  );
}

const stateClass: Readonly<Record<GroupState, Exclude<GroupStateFilter, "any">>> = {
  stable: "stable",
  empty: "empty",
  "preparing-rebalance": "rebalancing",
  "completing-rebalance": "rebalancing",
  assigning: "rebalancing",
  reconciling: "rebalancing",
  "not-ready": "other",
  dead: "other",
  unknown: "other",
};

function hasVerdict({ verdicts }: GroupRow, wanted: GroupVerdictFilter): boolean {
  switch (wanted) {
    case "any":
      return true;
    case "none":
      return verdicts.length === 0;
    case "problem":
      return verdicts.some(({ severity }) => severity !== "info");
    case "stuck-or-abandoned":
      return verdicts.some(({ kind }) => kind === "stuck" || kind === "abandoned");
    default:
      return verdicts.some(({ kind }) => kind === wanted);
  }
}
