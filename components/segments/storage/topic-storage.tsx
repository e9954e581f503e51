"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { TopicStorage as Answer } from "#lib/contracts/topic-storage.ts";
import { topicStorageQuery } from "#lib/queries/segments.ts";
import { AwayNote } from "../away-note.tsx";
import { AccessNote } from "./access-note.tsx";
import { BrokerBars } from "./broker-bars.tsx";
import { PartitionBars } from "./partition-bars.tsx";
import { retentionSentences } from "./retention-words.ts";
import { brokerSkew, partitionSkew } from "./skew.ts";
import { StorageFacts } from "./storage-facts.tsx";
import { storageOf } from "./storage-model.ts";
import { StorageTable } from "./storage-table.tsx";

/** What a topic takes on the brokers' disks: how much, how evenly, how old, and what goes next. */
export function TopicStorage({ topic }: { topic: string }) {
  const cluster = useCluster();
  const query = useQuery(topicStorageQuery(cluster.name, topic));
  const { data } = query;
  if (data === undefined && query.isError) {
    return <ClusterProblem query={query} what={`The storage of ${topic} could not be read.`} />;
  }
  if (data === undefined)
    return <SkeletonLines label={`Reading the storage of ${topic}`} lines={8} className="px-gutter" />;
  return (
    <>
      <StaleNotice query={query} />
      <StorageBody cluster={cluster.name} topic={topic} answer={data} />
    </>
  );
}

function StorageBody({ cluster, topic, answer }: { cluster: string; topic: string; answer: Answer }) {
  const { retention, growth, away, missing, observedAtMs } = answer;
  const storage = useMemo(() => storageOf(answer), [answer]);
  const byBroker = useMemo(() => brokerSkew(storage.replicas), [storage]);
  const byPartition = useMemo(() => partitionSkew(storage.partitions), [storage]);
  const unread = missing.filter(({ code }) => code === "segments-unreadable");
  return (
    <>
      <MissingParts parts={missing.filter((part) => !unread.includes(part))} className="mx-gutter my-3" />
      <AwayNote away={away} className="mx-gutter my-3" />
      <StorageFacts topic={topic} storage={storage} retention={retention} growth={growth} observedAtMs={observedAtMs} />
      <p className="px-gutter py-2.5 text-pretty text-ink-2">
        {retentionSentences(retention, storage, observedAtMs).join(" ")}
      </p>
      <AccessNote cluster={cluster} topic={topic} unread={unread} storage={storage} />
      <div className="grid border-line-strong border-t lg:grid-cols-2">
        <BrokerBars cluster={cluster} skew={byBroker} replicas={storage.replicas} />
        <PartitionBars skew={byPartition} />
      </div>
      <StorageTable cluster={cluster} topic={topic} storage={storage} retention={retention} hot={byPartition.hot} />
    </>
  );
}
