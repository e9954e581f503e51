"use client";
import { useQuery } from "@tanstack/react-query";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { Sentence } from "#components/ui/sentence.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { overviewQuery } from "#lib/queries/clusters.ts";
import { BusiestTopics } from "./busiest-topics.tsx";
import { DataAges } from "./data-ages.tsx";
import { MessagesIn } from "./messages-in.tsx";
import { OverviewBrokers } from "./overview-brokers.tsx";
import { ProblemList } from "./problem-list.tsx";
import { VitalStrip } from "./vital-strip.tsx";

/** Is my cluster all right? In the order of what is worst. */
export function OverviewPage() {
  const cluster = useCluster();
  const query = useQuery(overviewQuery(cluster.name));
  const { data: overview } = query;
  if (overview === undefined) {
    if (query.isError) return <ClusterProblem query={query} what="The overview could not be read." />;
    return (
      <div className="px-gutter pt-4">
        <h1 className="sr-only">Overview of {cluster.displayName}</h1>
        <SkeletonLines label="Reading the overview" lines={6} />
      </div>
    );
  }
  const { verdict, cluster: summary, kafkaVersion, clusterId, topicCount } = overview;
  return (
    <>
      <header className="px-gutter pt-4 pb-3.5">
        {/* A verdict is worth hearing when it changes; the ages that tick are not in it. */}
        <div role="status">
          <h1 className="max-w-[76ch]">
            <Sentence parts={verdict.title} cluster={summary.name} />
          </h1>
          <p className="mt-1 max-w-[90ch] text-pretty text-ink-2">
            <Sentence parts={verdict.detail} cluster={summary.name} />
          </p>
        </div>
        <p className="mt-1 flex flex-wrap gap-x-3 text-12 text-ink-3">
          <span>{kafkaVersion === null ? "Kafka version unknown" : `Kafka ${kafkaVersion}`}</span>
          {clusterId !== null && (
            <span>
              cluster <span className="mono">{clusterId}</span>
            </span>
          )}
          <span>{topicCount === 1 ? "1 topic" : `${topicCount.toLocaleString("en")} topics`}, internal ones too</span>
        </p>
      </header>
      <StaleNotice query={query} />
      <VitalStrip overview={overview} />
      <div className="grid flex-1 lg:grid-cols-[minmax(0,1fr)_minmax(340px,32%)]">
        <div className="border-line-strong px-gutter pt-1 pb-6 lg:border-r lg:pr-6">
          <ProblemList overview={overview} />
          <BusiestTopics />
        </div>
        <div className="flex flex-col gap-2 border-line-strong px-gutter pt-1 pb-6 max-lg:border-t lg:pl-6">
          <OverviewBrokers overview={overview} />
          <MessagesIn overview={overview} />
          <DataAges overview={overview} />
        </div>
      </div>
    </>
  );
}
