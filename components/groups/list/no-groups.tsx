"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListMessage } from "#components/ui/list-message.tsx";
import { plural } from "#lib/format.ts";
import { resetOffsetsHref } from "#lib/hrefs.ts";
import { isRegexFilter, type NameFilter } from "#lib/name-filter.ts";
import { stateOptions, typeOptions, verdictOptions } from "./groups-filter-bar.tsx";
import type { GroupsUrl, SetGroupsUrl } from "./use-groups-url.ts";

interface NoGroupsProps {
  url: GroupsUrl;
  setUrl: SetGroupsUrl;
  nameFilter: NameFilter;
  total: number;
  /** Some coordinators did not answer: there may be more groups. */
  partial: boolean;
}

/** Why the list is empty: none exist or may be seen, none match, or the filter is no filter. */
export function NoGroups({ url, setUrl, nameFilter, total, partial }: NoGroupsProps) {
  const cluster = useCluster();
  if (nameFilter.kind === "waiting") return null;
  const name = url.q.trim();
  const clear = (
    <Button onClick={() => setUrl({ q: "", verdict: "any", state: "any", type: "any" })}>Clear filters</Button>
  );
  if (nameFilter.kind === "invalid") {
    return (
      <ListMessage title={<>“{name}” is not a regular expression.</>} actions={clear}>
        {nameFilter.reason} The syntax is RE2’s: no look-around, no back references.
      </ListMessage>
    );
  }
  const filters = filterTexts(url);
  if (name === "" && filters.length === 0) {
    return (
      <ListMessage title={partial ? "No group could be read." : "This cluster has no groups."} actions={null}>
        {partial
          ? "What is missing, and why, is said above."
          : "One appears here within seconds after its first member joins, or its first offset is committed. Groups that Tailrace’s user may not describe are left out by Kafka, without a word."}
      </ListMessage>
    );
  }
  const isNewName = name !== "" && !isRegexFilter(name) && !/\s/.test(name);
  return (
    <ListMessage
      title={
        <>
          {name === "" ? (
            "No group"
          ) : (
            <>
              No group {isRegexFilter(name) ? "matches" : "contains"} “<span className="break-all">{name}</span>”
            </>
          )}
          {filters.length > 0 && `${name === "" ? " with " : ", with "}${filters.join(", ")}`}.
        </>
      }
      actions={
        <>
          {clear}
          {isNewName && !cluster.readOnly && (
            <LinkButton href={resetOffsetsHref(cluster.name, name)} tone="quiet">
              Plan where a new group {name.length > 24 ? "of this name" : name} starts
            </LinkButton>
          )}
        </>
      }
    >
      {plural(total, "group")}, {plural(filters.length + Number(name !== ""), "filter")} on.
    </ListMessage>
  );
}

/** "verdict stuck", "state Empty". */
function filterTexts({ verdict, state, type }: GroupsUrl): string[] {
  const label = <Value extends string>(options: readonly { value: Value; label: string }[], value: Value) =>
    options.find((option) => option.value === value)?.label ?? value;
  return [
    ...(verdict === "any" ? [] : [`verdict ${label(verdictOptions, verdict)}`]),
    ...(state === "any" ? [] : [`state ${label(stateOptions, state)}`]),
    ...(type === "any" ? [] : [`type ${label(typeOptions, type)}`]),
  ];
}
