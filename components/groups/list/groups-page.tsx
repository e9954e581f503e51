"use client";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { ColumnsMenu } from "#components/ui/columns-menu.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { ListHead } from "#components/ui/list-head.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { useNameFilter } from "#components/ui/use-name-filter.ts";
import { formatCount } from "#lib/format.ts";
import { groupHref } from "#lib/hrefs.ts";
import { groupsQuery } from "#lib/queries/groups.ts";
import { groupColumns } from "./group-columns.tsx";
import { filterGroups } from "./group-filter.ts";
import { type GroupRow, groupRows } from "./group-rows.ts";
import { GroupsFilterBar } from "./groups-filter-bar.tsx";
import { GroupsLegend } from "./groups-legend.tsx";
import { NoGroups } from "./no-groups.tsx";
import { ObservedSince } from "./observed-since.tsx";
import { useGroupsUrl } from "./use-groups-url.ts";

const noGroups: readonly never[] = [];
const rowKey = ({ group }: GroupRow) => group;

/** All groups, those that are worst off first: who lags, by how much, and why. */
export function GroupsPage() {
  const cluster = useCluster();
  const [url, setUrl] = useGroupsUrl();
  const query = useQuery(groupsQuery(cluster.name));
  const { data } = query;
  const groups = data?.groups ?? noGroups;
  const rows = useMemo(() => groupRows(groups), [groups]);
  const nameFilter = useNameFilter(useDeferredValue(url.q));
  const { state, type, verdict } = url;
  const shown = useMemo(
    () => filterGroups(rows, { name: nameFilter, state, type, verdict }),
    [rows, nameFilter, state, type, verdict],
  );
  const rowHref = useMemo(() => (row: GroupRow) => groupHref(cluster.name, row.group), [cluster.name]);

  if (data === undefined && query.isError) return <ClusterProblem query={query} what="The groups could not be read." />;
  const missing = data?.missing ?? noGroups;
  return (
    <div className="flex flex-1 flex-col [--table-top:var(--bar)] lg:[--table-top:calc(var(--bar)+48px)]">
      <ListHead
        title="Groups"
        figures={
          data && (
            <>
              {formatCount(rows.length)} · <ObservedSince sinceMs={data.observedSinceMs} />
            </>
          )
        }
      >
        <ColumnsMenu columns={groupColumns} hidden={url.hide} onHiddenChange={(hide) => setUrl({ hide })} />
      </ListHead>
      <GroupsFilterBar
        url={url}
        setUrl={setUrl}
        nameFilter={nameFilter}
        shown={shown.length}
        total={rows.length}
        loading={data === undefined}
      />
      <StaleNotice query={query} />
      <MissingParts parts={missing} className="mx-gutter mb-3" />
      <DataTable
        label="Groups"
        columns={groupColumns}
        rows={shown}
        rowKey={rowKey}
        rowHref={rowHref}
        sort={url.sort}
        onSortChange={(sort) => setUrl({ sort })}
        hidden={url.hide}
        loading={data === undefined}
        stickyTop="var(--table-top)"
        empty={
          <NoGroups
            url={url}
            setUrl={setUrl}
            nameFilter={nameFilter}
            total={rows.length}
            partial={missing.length > 0}
          />
        }
      />
      <GroupsLegend readAtMs={data?.observedAtMs} />
    </div>
  );
}
