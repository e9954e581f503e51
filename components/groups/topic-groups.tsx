"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { topicUrl } from "#components/topics/topic-url.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListMessage } from "#components/ui/list-message.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { plural } from "#lib/format.ts";
import { groupHref, groupsHref } from "#lib/hrefs.ts";
import { topicGroupsQuery } from "#lib/queries/groups.ts";
import { groupColumns } from "./list/group-columns.tsx";
import { type GroupRow, groupRows } from "./list/group-rows.ts";
import { ObservedSince } from "./list/observed-since.tsx";

const columns = groupColumns.filter(({ id }) => id !== "topics");
const noGroups: readonly never[] = [];
const rowKey = ({ group }: GroupRow) => group;

/** Who reads a topic, and how far each has come in it: the numbers are those of this topic alone. */
export function TopicGroups({ topic }: { topic: string }) {
  const cluster = useCluster();
  const [sort, setSort] = useQueryState("groupSort", topicUrl.groupSort);
  const query = useQuery(topicGroupsQuery(cluster.name, topic));
  const { data } = query;
  const groups = data?.groups ?? noGroups;
  const rows = useMemo(() => groupRows(groups), [groups]);
  const rowHref = useMemo(() => (row: GroupRow) => groupHref(cluster.name, row.group), [cluster.name]);
  if (data === undefined && query.isError) {
    return <ClusterProblem query={query} what={`The groups that read ${topic} could not be read.`} />;
  }
  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 px-gutter py-1.5 text-ink-2">
        {data !== undefined && (
          <>
            <p>
              Lag in this topic alone, <ObservedSince sinceMs={data.observedSinceMs} />
            </p>
            <p role="status" className="ml-auto">
              {plural(rows.length, "group")}
            </p>
          </>
        )}
      </div>
      <StaleNotice query={query} />
      <MissingParts parts={data?.missing ?? noGroups} className="mx-gutter mb-3" />
      <DataTable
        label={`Groups of ${topic}`}
        columns={columns}
        rows={rows}
        rowKey={rowKey}
        rowHref={rowHref}
        sort={sort}
        onSortChange={setSort}
        loading={data === undefined}
        empty={
          <ListMessage
            title="No group reads this topic."
            actions={<LinkButton href={groupsHref(cluster.name)}>All groups</LinkButton>}
          >
            None that Tailrace may see has committed an offset of it, or is assigned one of its partitions. Consumers
            that commit elsewhere, or never, can't be seen from here.
          </ListMessage>
        }
      />
    </>
  );
}
