"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { problemHref, segmentsHref, topicHref, topicsHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";

interface SegmentsProblemProps {
  place: PartitionPlace;
  query: Pick<UseQueryResult, "error" | "isFetching" | "refetch">;
}

/** In place of a partition that isn't there, or whose segments could not be read: why, and where to go on. */
export function SegmentsProblem({ place: { topic, partition }, query }: SegmentsProblemProps) {
  const { name: cluster } = useCluster();
  const code = query.error instanceof ProblemError ? query.error.code : null;
  if (code !== "topic-not-found" && code !== "partition-not-found") {
    return <ClusterProblem query={query} what={`The segments of ${topic}-${partition} could not be read.`} />;
  }
  const allTopics = (tone: "primary" | "plain") => (
    <LinkButton href={topicsHref(cluster)} tone={tone}>
      All topics
    </LinkButton>
  );
  return (
    <PageMessage
      title={
        code === "topic-not-found" ? (
          <>
            There is no topic <span className="mono">{topic}</span>.
          </>
        ) : (
          <>
            <span className="mono">{topic}</span> has no partition {partition}.
          </>
        )
      }
      actions={
        <>
          {code === "topic-not-found" ? (
            allTopics("primary")
          ) : (
            <>
              <LinkButton href={topicHref(cluster, topic)} tone="primary">
                Open {topic}
              </LinkButton>
              {partition > 0 && <LinkButton href={segmentsHref(cluster, topic, 0)}>Segments of partition 0</LinkButton>}
              {allTopics("plain")}
            </>
          )}
          <LinkButton href={problemHref(code)} tone="quiet">
            Why this may be
          </LinkButton>
        </>
      }
    >
      {code === "topic-not-found"
        ? "It was deleted, its name is spelt otherwise (names are case-sensitive), or Tailrace's user may not describe it."
        : "Partitions are counted from 0. The topic's page lists the ones there are."}
    </PageMessage>
  );
}
