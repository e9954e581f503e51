"use client";
import { useQuery } from "@tanstack/react-query";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { type Fact, FactStrip } from "#components/ui/fact-strip.tsx";
import { IsrTicks } from "#components/ui/isr-ticks.tsx";
import { Bytes, Unknown } from "#components/ui/quantity.tsx";
import { SkeletonBar } from "#components/ui/skeleton.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { ofTopic } from "#lib/contracts/by-topic.ts";
import type { PartitionDetail, TopicDetail } from "#lib/contracts/topics.ts";
import { formatCount, formatRate } from "#lib/format.ts";
import { topicRateQuery, topicSizeQuery } from "#lib/queries/topics.ts";
import { type TopicTotals, whyFewer } from "./partition-state.ts";
import { sizeOfTopic } from "./topic-size.ts";

interface TopicFactsProps {
  cluster: string;
  topic: TopicDetail;
  totals: TopicTotals;
}

/** What one looks at first: how many, how safe, how much, how fast. */
export function TopicFacts({ cluster, topic, totals }: TopicFactsProps) {
  const { name, partitions, cleanupPolicy, minInsyncReplicas, topicId } = topic;
  const factors = [...new Set(partitions.map(({ replicas }) => replicas.length))].sort((a, b) => a - b);
  const gaps = whyFewer(cleanupPolicy, totals);
  const facts: Fact[] = [
    {
      label: "Partitions",
      value: formatCount(partitions.length),
      aside: (
        <span className="flex self-center">
          <IsrTicks
            inSync={partitions.map((partition) => ticksInSync(partition, factors.at(-1) ?? 0))}
            partitionCount={partitions.length}
            replicationFactor={factors.at(-1) ?? 0}
            minInSync={minInsyncReplicas}
          />
        </span>
      ),
    },
    {
      label: "Replication factor",
      value: factors.length === 0 ? <Unknown /> : factors.join(" or "),
      aside:
        minInsyncReplicas === null
          ? undefined
          : minInsyncReplicas > (factors[0] ?? 0)
            ? `min.insync.replicas ${minInsyncReplicas}`
            : `${minInsyncReplicas} must be in sync`,
    },
    {
      label: "Messages",
      value: totals.messages === null ? <Unknown /> : `${gaps ? "≤\u00a0" : ""}${formatCount(totals.messages)}`,
      aside: totals.messages === null ? undefined : `offsets; ${gaps ?? "transaction markers too"}`,
    },
    {
      label: "Size on disk",
      value: <Size cluster={cluster} topic={name} />,
      aside: <SizeOf cluster={cluster} topic={name} />,
    },
    { label: "In", value: <Rate cluster={cluster} topic={name} /> },
    {
      label: "Clean-up",
      value: cleanupPolicy === null ? <Unknown /> : <span className="mono leading-6">{cleanupPolicy || "none"}</span>,
      small: true,
    },
  ];
  if (topicId !== null) {
    facts.push({
      label: "Topic id",
      small: true,
      value: (
        <span className="flex items-center gap-1">
          <span className="mono leading-6">{topicId}</span>
          <CopyButton text={topicId} label="Copy the topic's id" />
        </span>
      ),
    });
  }
  return <FactStrip label={`Facts of ${name}`} facts={facts} />;
}

/** Replicas in sync as ticks of the topic's largest factor: with all of its own, a partition of fewer is full too. */
function ticksInSync({ leader, isr, replicas }: PartitionDetail, factor: number): number {
  if (leader === null) return 0;
  return isr.length >= replicas.length ? factor : isr.length;
}

function Size({ cluster, topic }: { cluster: string; topic: string }) {
  const size = useQuery({ ...topicSizeQuery(cluster, topic), select: (sizes) => sizeOfTopic(sizes, topic) });
  if (size.isPending) return <SkeletonBar />;
  return <Bytes value={size.data?.bytes} atLeast={size.data?.isLowerBound ?? false} />;
}

/** Which replicas the size is of: those of a broker that did not answer are not in it. */
function SizeOf({ cluster, topic }: { cluster: string; topic: string }) {
  const { data } = useQuery(topicSizeQuery(cluster, topic));
  if (data === undefined || sizeOfTopic(data, topic)?.isLowerBound !== true) return "all replicas";
  const away = data.missing.flatMap(({ brokerId }) => (brokerId === undefined ? [] : [brokerId]));
  if (away.length === 0) return "not all replicas answered";
  return `without those on ${away.length === 1 ? "broker" : "brokers"} ${away.join(", ")}`;
}

function Rate({ cluster, topic }: { cluster: string; topic: string }) {
  const rates = useQuery({
    ...topicRateQuery(cluster, topic),
    select: ({ atMs, rates: byTopic, sinceMs }) =>
      sinceMs === null ? null : (ofTopic(byTopic, topic) ?? atMs.map(() => 0)),
  });
  if (rates.isPending) return <SkeletonBar />;
  if (!rates.data) return <Unknown why="two readings are needed" />;
  return (
    <span className="flex items-center gap-2">
      <span>
        {formatRate(rates.data.at(-1))}
        <span className="font-regular text-13 text-ink-3">{"\u00a0/s"}</span>
      </span>
      <Sparkline values={rates.data} />
    </span>
  );
}
