"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { ShellCommands } from "#components/clusters/shell-commands.tsx";
import { ConfigView } from "#components/configs/config-view.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { type Fact, FactStrip } from "#components/ui/fact-strip.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { Bytes, Unknown } from "#components/ui/quantity.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { formatCount } from "#lib/format.ts";
import { brokersHref } from "#lib/hrefs.ts";
import { describeConfigsCommand, describeLogDirsCommand } from "#lib/kafka-commands.ts";
import { ProblemError } from "#lib/problem.ts";
import { brokerConfigsQuery, brokerQuery } from "#lib/queries/brokers.ts";
import { BrokerProcessButton } from "./broker-process-button.tsx";
import { BrokerState } from "./broker-state.tsx";
import { brokerStateReason } from "./broker-words.ts";
import { brokerUrl } from "./brokers-url.ts";
import { LogDirsView } from "./log-dirs-view.tsx";

/** One broker: is it up, what does it carry, what lies on its disks, how is it configured. */
export function BrokerView({ brokerId }: { brokerId: number }) {
  const cluster = useCluster();
  const query = useQuery(brokerQuery(cluster.name, brokerId));
  if (query.error instanceof ProblemError && query.error.code === "broker-not-found") {
    return <BrokerNotFound cluster={cluster.name} brokerId={brokerId} />;
  }
  if (!query.data && query.isError) {
    return <ClusterProblem query={query} what={`Broker ${brokerId} could not be read.`} />;
  }
  const broker = query.data?.broker;
  const reason = broker === undefined ? null : brokerStateReason(broker);
  return (
    <>
      <PageHead
        crumbs={[{ label: "Brokers", href: brokersHref(cluster.name) }]}
        title={`Broker ${brokerId}`}
        tags={
          broker && (
            <>
              <BrokerState broker={broker} />
              {broker.isController && <Tag>controller</Tag>}
            </>
          )
        }
        actions={
          <>
            {broker && <BrokerProcessButton cluster={cluster.name} broker={broker} />}
            <ShellCommands
              commands={[
                { title: "Configs", command: describeConfigsCommand(cluster.bootstrap, { broker: brokerId }) },
                { title: "Log dirs", command: describeLogDirsCommand(cluster.bootstrap, [brokerId]) },
              ]}
            />
          </>
        }
      />
      <StaleNotice query={query} />
      <div className="grid gap-2 px-gutter empty:hidden [&:not(:empty)]:pb-3">
        {broker && reason !== null && (
          <Notice
            tone={broker.state === "down" ? "crit" : "warn"}
            role="status"
            title={`Broker ${brokerId} is ${broker.state}.`}
          >
            {reason}
          </Notice>
        )}
        {query.data && (
          <MissingParts parts={query.data.missing.filter((part) => reason === null || part.brokerId !== brokerId)} />
        )}
      </div>
      {broker && <BrokerBody cluster={cluster.name} broker={broker} />}
      {query.isPending && <SkeletonLines label={`Reading broker ${brokerId}`} lines={6} className="px-gutter" />}
    </>
  );
}

function BrokerBody({ cluster, broker }: { cluster: string; broker: BrokerSummary }) {
  const [tab, setTab] = useQueryState("tab", brokerUrl.tab.withOptions({ history: "push" }));
  return (
    <>
      <FactStrip label={`Facts of broker ${broker.id}`} facts={factsOf(broker)} />
      <Tabs
        label={`Views of broker ${broker.id}`}
        value={tab}
        onValueChange={setTab}
        className="pt-2"
        tabs={[
          {
            value: "log-dirs",
            label: "Log dirs",
            panel: <LogDirsView cluster={cluster} brokerId={broker.id} />,
          },
          { value: "configs", label: "Configs", panel: <BrokerConfigs cluster={cluster} brokerId={broker.id} /> },
        ]}
      />
    </>
  );
}

function BrokerConfigs({ cluster, brokerId }: { cluster: string; brokerId: number }) {
  const configs = useQuery(brokerConfigsQuery(cluster, brokerId));
  return <ConfigView cluster={cluster} of={`broker ${brokerId}`} kind="broker" query={configs} />;
}

function factsOf(broker: BrokerSummary): Fact[] {
  const { diskUsedPercent: percent } = broker;
  return [
    { label: "Leads", value: formatCount(broker.leaderCount), aside: "partitions" },
    { label: "Holds", value: formatCount(broker.replicaCount), aside: "replicas" },
    {
      label: "Out of sync",
      value:
        broker.outOfSyncCount === 0 ? (
          "0"
        ) : (
          <span className="flex items-center gap-1.5 text-warn">
            <Glyph shape="triangle" />
            {formatCount(broker.outOfSyncCount)}
          </span>
        ),
    },
    { label: "Size of its replicas", value: <Bytes value={broker.sizeBytes} /> },
    {
      label: "Fullest disk",
      value: percent === null ? <Unknown /> : `${percent}%`,
      aside: broker.diskTotalBytes === null ? undefined : <>{<Bytes value={broker.diskTotalBytes} />} in all</>,
    },
    {
      label: "Host",
      small: true,
      value:
        broker.host === null ? (
          <Unknown why="nobody tells its address" />
        ) : (
          <span className="mono break-all leading-6">{`${broker.host}:${broker.port ?? "?"}`}</span>
        ),
    },
    { label: "Rack", small: true, value: broker.rack ?? <span className="font-regular text-ink-3">none</span> },
  ];
}

function BrokerNotFound({ cluster, brokerId }: { cluster: string; brokerId: number }) {
  return (
    <PageMessage
      title={`There is no broker ${brokerId}.`}
      actions={
        <LinkButton href={brokersHref(cluster)} tone="primary">
          All brokers
        </LinkButton>
      }
    >
      No broker of this id is registered, and no partition has a replica on it.
    </PageMessage>
  );
}
