"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { ShellCommands } from "#components/clusters/shell-commands.tsx";
import { ConfigView } from "#components/configs/config-view.tsx";
import { TopicGroups } from "#components/groups/topic-groups.tsx";
import { SendButton } from "#components/messages/send-button.tsx";
import { TopicStorage } from "#components/segments/storage/topic-storage.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { TailView } from "#components/tail/tail-view.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { Sentence } from "#components/ui/sentence.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import type { TopicDetail } from "#lib/contracts/topics.ts";
import { formatCount } from "#lib/format.ts";
import { newTopicHref, problemHref, topicsHref } from "#lib/hrefs.ts";
import { describeConfigsCommand, describeTopicCommand } from "#lib/kafka-commands.ts";
import { ProblemError } from "#lib/problem.ts";
import { topicConfigDefinitionsQuery, topicConfigsQuery, topicQuery } from "#lib/queries/topics.ts";
import { topicTotals } from "./partition-state.ts";
import { PartitionTable } from "./partition-table.tsx";
import { TopicFacts } from "./topic-facts.tsx";
import { topicUrl } from "./topic-url.ts";
import { topicVerdicts } from "./topic-verdict.ts";

/** One topic: is it all right, where does it lie, how is it configured. */
export function TopicView({ topic }: { topic: string }) {
  const cluster = useCluster();
  const detail = useQuery(topicQuery(cluster.name, topic));
  const gone = detail.error instanceof ProblemError && detail.error.code === "topic-not-found";
  if (gone) return <TopicNotFound cluster={cluster.name} topic={topic} readOnly={cluster.readOnly} />;
  const { data } = detail;
  if (!data && detail.isError) return <ClusterProblem query={detail} what={`${topic} could not be read.`} />;
  return (
    <>
      <PageHead
        crumbs={[{ label: "Topics", href: topicsHref(cluster.name) }]}
        title={topic}
        mono
        tags={data && <TopicTags topic={data} />}
        actions={
          <>
            <SendButton topic={topic} />
            <ShellCommands
              commands={[
                { title: "Partitions", command: describeTopicCommand(cluster.bootstrap, topic) },
                { title: "Configs", command: describeConfigsCommand(cluster.bootstrap, { topic }) },
              ]}
            />
          </>
        }
      />
      <StaleNotice query={detail} />
      {data ? (
        <TopicBody cluster={cluster.name} topic={data} />
      ) : (
        <SkeletonLines label={`Reading ${topic}`} lines={8} className="px-gutter" />
      )}
    </>
  );
}

function TopicBody({ cluster, topic }: { cluster: string; topic: TopicDetail }) {
  const [tab, setTab] = useQueryState("tab", topicUrl.tab.withOptions({ history: "push" }));
  const totals = topicTotals(topic.partitions, topic.minInsyncReplicas);
  const verdicts = topicVerdicts(topic);
  return (
    <>
      {(verdicts.length > 0 || topic.missing.length > 0) && (
        <div className="grid gap-2 px-gutter pb-3">
          {verdicts.map(({ severity, title, detail }) => (
            <Notice key={title} tone={severity === "critical" ? "crit" : "warn"} role="status" title={title}>
              <Sentence parts={detail} cluster={cluster} />
            </Notice>
          ))}
          <MissingParts parts={topic.missing} />
        </div>
      )}
      <TopicFacts cluster={cluster} topic={topic} totals={totals} />
      <Tabs
        label={`Views of ${topic.name}`}
        value={tab}
        onValueChange={setTab}
        className="pt-2"
        tabs={[
          {
            value: "partitions",
            label: "Partitions",
            aside: formatCount(topic.partitions.length),
            panel: <PartitionTable cluster={cluster} topic={topic} totals={totals} />,
          },
          { value: "messages", label: "Messages", panel: <TailView cluster={cluster} topic={topic.name} /> },
          { value: "groups", label: "Groups", panel: <TopicGroups topic={topic.name} /> },
          { value: "storage", label: "Storage", panel: <TopicStorage topic={topic.name} /> },
          { value: "configs", label: "Configs", panel: <TopicConfigs cluster={cluster} topic={topic.name} /> },
        ]}
      />
    </>
  );
}

function TopicConfigs({ cluster, topic }: { cluster: string; topic: string }) {
  const configs = useQuery(topicConfigsQuery(cluster, topic));
  const defaults = useQuery({ ...topicConfigDefinitionsQuery(cluster), select: defaultsByName });
  return <ConfigView cluster={cluster} of={topic} kind="topic" query={configs} defaults={defaults.data} />;
}

function defaultsByName({ definitions }: { definitions: ConfigEntry[] }): ReadonlyMap<string, string | null> {
  return new Map(definitions.map(({ name, value }) => [name, value]));
}

function TopicTags({ topic }: { topic: TopicDetail }) {
  const { states } = topicTotals(topic.partitions, topic.minInsyncReplicas);
  return (
    <>
      {topic.internal && <Tag>internal</Tag>}
      {states.offline > 0 && (
        <Tag tone="crit" glyph="octagon">
          {formatCount(states.offline)} offline
        </Tag>
      )}
      {states["under-min-isr"] > 0 && (
        <Tag tone="crit" glyph="octagon">
          {formatCount(states["under-min-isr"])} under min ISR
        </Tag>
      )}
      {states["under-replicated"] > 0 && (
        <Tag tone="warn" glyph="triangle">
          {formatCount(states["under-replicated"])} under-replicated
        </Tag>
      )}
      {states["leader-moved"] > 0 && (
        <Tag tone="info" glyph="arrows">
          {formatCount(states["leader-moved"])} not on the preferred leader
        </Tag>
      )}
    </>
  );
}

function TopicNotFound({ cluster, topic, readOnly }: { cluster: string; topic: string; readOnly: boolean }) {
  return (
    <PageMessage
      title={
        <>
          There is no topic <span className="mono">{topic}</span>.
        </>
      }
      actions={
        <>
          <LinkButton href={topicsHref(cluster)} tone="primary">
            All topics
          </LinkButton>
          {!readOnly && <LinkButton href={newTopicHref(cluster, topic)}>Create {topic}</LinkButton>}
          <LinkButton href={problemHref("topic-not-found")} tone="quiet">
            Why this may be
          </LinkButton>
        </>
      }
    >
      It was deleted, its name is spelt otherwise (names are case-sensitive), or Tailrace's user may not describe it.
    </PageMessage>
  );
}
