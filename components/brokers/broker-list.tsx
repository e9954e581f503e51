"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { Age } from "#components/ui/age.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { formatBytes, formatCount } from "#lib/format.ts";
import { brokerHref } from "#lib/hrefs.ts";
import { brokersQuery } from "#lib/queries/brokers.ts";
import { POLL_MS, staleAfterMs } from "#lib/queries/polling.ts";
import { brokerColumns } from "./broker-columns.tsx";
import { brokerStateReason } from "./broker-words.ts";
import { brokersUrl } from "./brokers-url.ts";

const none: readonly BrokerSummary[] = [];

/** All brokers, those that are away too, and why. */
export function BrokerList() {
  const cluster = useCluster();
  const [sort, setSort] = useQueryState("sort", brokersUrl.sort);
  const query = useQuery(brokersQuery(cluster.name));
  const columns = useMemo(() => brokerColumns(cluster.name, cluster.local), [cluster.name, cluster.local]);
  const brokers = query.data?.brokers ?? none;
  const away = brokers.filter(({ state }) => state !== "up");
  if (!query.data && query.isError) return <ClusterProblem query={query} what="The brokers could not be read." />;
  return (
    <>
      <PageHead
        title="Brokers"
        aside={
          query.data && (
            <>
              {headline(brokers)}
              {query.data.sizesObservedAtMs !== null && (
                <>
                  {" · sizes "}
                  <Age observedAtMs={query.data.sizesObservedAtMs} staleAfterMs={staleAfterMs(POLL_MS.sizes)} />
                </>
              )}
            </>
          )
        }
      />
      <StaleNotice query={query} />
      <div className="grid gap-2 px-gutter empty:hidden [&:not(:empty)]:pb-3">
        {away.map((broker) => (
          <Notice
            key={broker.id}
            tone={broker.state === "down" ? "crit" : "warn"}
            role="status"
            title={`Broker ${broker.id} is ${broker.state}.`}
          >
            {brokerStateReason(broker)}
          </Notice>
        ))}
        {query.data && (
          <MissingParts parts={query.data.missing.filter(({ brokerId }) => !away.some(({ id }) => id === brokerId))} />
        )}
      </div>
      <DataTable
        label="Brokers"
        columns={columns}
        rows={brokers}
        rowKey={({ id }) => String(id)}
        rowHref={({ id }) => brokerHref(cluster.name, id)}
        sort={sort}
        onSortChange={setSort}
        loading={query.isPending}
        empty="No broker is registered."
      />
    </>
  );
}

function headline(brokers: readonly BrokerSummary[]): string {
  const up = brokers.filter(({ state }) => state === "up").length;
  const controller = brokers.find(({ isController }) => isController);
  const sizes = brokers.map(({ sizeBytes }) => sizeBytes);
  const total = sizes.includes(null) ? null : sizes.reduce((sum, size) => sum + BigInt(size ?? 0), 0n);
  return [
    `${formatCount(up)} of ${formatCount(brokers.length)} up`,
    controller === undefined ? null : `controller ${controller.id}`,
    total === null ? null : `${formatBytes(total)} in log dirs`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}
