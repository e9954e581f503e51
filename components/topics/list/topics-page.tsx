"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useDeferredValue, useMemo } from "react";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { sizeOfAll } from "#components/topics/topic-size.ts";
import { ColumnsMenu } from "#components/ui/columns-menu.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListHead } from "#components/ui/list-head.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { useNameFilter } from "#components/ui/use-name-filter.ts";
import type { EndpointOutput } from "#lib/contracts/endpoint.ts";
import type { listTopicSizes } from "#lib/contracts/topics.ts";
import { formatBytes, plural } from "#lib/format.ts";
import { newTopicHref, topicHref } from "#lib/hrefs.ts";
import { topicListConfigsQuery, topicRatesQuery, topicSizesQuery, topicsQuery } from "#lib/queries/topics.ts";
import { NoTopics } from "./no-topics.tsx";
import { topicColumns } from "./topic-columns.tsx";
import { filterTopics } from "./topic-filter.ts";
import { type TopicRow, topicRows } from "./topic-rows.ts";
import { TopicsFilterBar } from "./topics-filter-bar.tsx";
import { TopicsLegend } from "./topics-legend.tsx";
import { useTopicsUrl } from "./use-topics-url.ts";

const noTopics: readonly never[] = [];
const rowKey = ({ name }: TopicRow) => name;

/** All topics: names, health and counts first; sizes, configs and rates join as they arrive, each with its age. */
export function TopicsPage() {
  const cluster = useCluster();
  const [url, setUrl] = useTopicsUrl();
  const query = useQuery(topicsQuery(cluster.name));
  const sizes = useQuery(topicSizesQuery(cluster.name));
  const configs = useQuery(topicListConfigsQuery(cluster.name));
  const rates = useQuery(topicRatesQuery(cluster.name));

  const topics = query.data?.topics ?? noTopics;
  // What failed before it ever came is unknown (null), not still to come (undefined).
  const sizesRead = sizes.data ?? (sizes.isError ? null : undefined);
  const configsRead = configs.data ?? (configs.isError ? null : undefined);
  const ratesRead = rates.data ?? (rates.isError ? null : undefined);
  const rows = useMemo(
    () => topicRows({ topics, sizes: sizesRead, configs: configsRead, rates: ratesRead }),
    [topics, sizesRead, configsRead, ratesRead],
  );
  const nameFilter = useNameFilter(useDeferredValue(url.q));
  const {
    rows: shown,
    hiddenInternal,
    undecided,
  } = useMemo(
    () => filterTopics(rows, { name: nameFilter, health: url.health, internal: url.internal }),
    [rows, nameFilter, url.health, url.internal],
  );
  const rowHref = useMemo(() => (row: TopicRow) => topicHref(cluster.name, row.name), [cluster.name]);

  if (query.data === undefined && query.isError)
    return <ClusterProblem query={query} what="The topics could not be read." />;
  const missing = [...(query.data?.missing ?? []), ...(sizes.data?.missing ?? []), ...(configs.data?.missing ?? [])];
  return (
    <div className="flex flex-1 flex-col [--table-top:var(--bar)] md:[--table-top:calc(var(--bar)+48px)]">
      <ListHead title="Topics" figures={query.data && <TopicTotals rows={rows} sizes={sizesRead} />}>
        <ColumnsMenu columns={topicColumns} hidden={url.hide} onHiddenChange={(hide) => setUrl({ hide })} />
        {!cluster.readOnly && (
          <LinkButton tone="primary" href={newTopicHref(cluster.name)}>
            <Plus aria-hidden strokeWidth={1.8} />
            Create topic
          </LinkButton>
        )}
      </ListHead>
      <TopicsFilterBar
        url={url}
        setUrl={setUrl}
        nameFilter={nameFilter}
        shown={shown.length}
        total={rows.length}
        internal={rows.filter((row) => row.internal).length}
        hiddenInternal={hiddenInternal}
        loading={query.data === undefined}
      />
      <StaleNotice query={query} />
      <MissingParts parts={missing} className="mx-gutter mb-3" />
      <DataTable
        label="Topics"
        columns={topicColumns}
        rows={shown}
        rowKey={rowKey}
        rowHref={rowHref}
        sort={url.sort}
        onSortChange={(sort) => setUrl({ sort })}
        hidden={url.hide}
        loading={query.data === undefined}
        stickyTop="var(--table-top)"
        empty={
          <NoTopics
            url={url}
            setUrl={setUrl}
            nameFilter={nameFilter}
            total={rows.length}
            hiddenInternal={hiddenInternal}
            undecided={undecided}
            configsPending={configs.isPending}
          />
        }
      />
      <TopicsLegend
        topicsAtMs={query.data?.observedAtMs}
        sizesAtMs={sizes.data?.observedAtMs}
        configsAtMs={configs.data?.observedAtMs}
        ratesAtMs={rates.data?.observedAtMs}
      />
    </div>
  );
}

interface TopicTotalsProps {
  rows: readonly TopicRow[];
  sizes: EndpointOutput<typeof listTopicSizes> | null | undefined;
}

/** "10,148 · 24,360 partitions · 33.9 TiB on disk" */
function TopicTotals({ rows, sizes }: TopicTotalsProps) {
  const size = useMemo(() => (sizes === undefined || sizes === null ? null : sizeOfAll(sizes)), [sizes]);
  const partitions = rows.reduce((sum, { partitionCount }) => sum + partitionCount, 0);
  const parts = [rows.length.toLocaleString("en"), plural(partitions, "partition")];
  if (size !== null) parts.push(`${size.isLowerBound ? "≥\u00a0" : ""}${formatBytes(size.bytes)} on disk`);
  return parts.join(" · ");
}
