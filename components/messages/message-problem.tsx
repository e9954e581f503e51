"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { messageHref, problemHref, topicHref, topicsHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { type MessagePlace, neighbourQuery } from "#lib/queries/messages.ts";

interface MessageProblemProps {
  cluster: string;
  place: MessagePlace;
  query: Pick<UseQueryResult, "error" | "isFetching" | "refetch">;
  level?: 1 | 2;
}

/** In place of a message that can't be shown: why, and where the nearest ones are. */
export function MessageProblem({ cluster, place, query, level = 2 }: MessageProblemProps) {
  const problem = query.error instanceof ProblemError ? query.error : null;
  switch (problem?.code) {
    case "message-not-found":
      return <MessageNotFound cluster={cluster} place={place} detail={problem.message} level={level} />;
    case "partition-not-found":
    case "topic-not-found":
    case "kafka-forbidden":
    case "permission-denied":
      return (
        <PageMessage
          level={level}
          title={titles[problem.code]}
          actions={
            <>
              {problem.code !== "topic-not-found" && (
                <LinkButton href={topicHref(cluster, place.topic)} tone="primary">
                  Open {place.topic}
                </LinkButton>
              )}
              <LinkButton href={topicsHref(cluster)}>All topics</LinkButton>
              <LinkButton href={problemHref(problem.code)} tone="quiet">
                Why this may be
              </LinkButton>
            </>
          }
        >
          {problem.message}
        </PageMessage>
      );
    default:
      return <ClusterProblem query={query} what="The message could not be read." />;
  }
}

const titles = {
  "partition-not-found": "The topic has no such partition.",
  "topic-not-found": "There is no such topic.",
  "kafka-forbidden": "Tailrace's user may not read this topic.",
  "permission-denied": "You may not read messages here.",
} as const;

interface MessageNotFoundProps {
  cluster: string;
  place: MessagePlace;
  detail: string;
  level: 1 | 2;
}

function MessageNotFound({ cluster, place, detail, level }: MessageNotFoundProps) {
  const previous = useQuery(neighbourQuery(cluster, place, "before"));
  const next = useQuery(neighbourQuery(cluster, place, "after"));
  const { topic, partition, offset } = place;
  return (
    <PageMessage
      level={level}
      title={
        <>
          No message has offset <Offset value={offset} /> in <span className="mono">{`${topic}-${partition}`}</span>.
        </>
      }
      actions={
        <>
          {next.data && (
            <LinkButton href={messageHref(cluster, topic, partition, next.data)} tone="primary">
              Next message, {next.data}
            </LinkButton>
          )}
          {previous.data && (
            <LinkButton href={messageHref(cluster, topic, partition, previous.data)}>
              Previous message, {previous.data}
            </LinkButton>
          )}
          <LinkButton href={topicHref(cluster, topic)} tone="quiet">
            Open {topic}
          </LinkButton>
          <LinkButton href={problemHref("message-not-found")} tone="quiet">
            Why this may be
          </LinkButton>
        </>
      }
    >
      {detail}
    </PageMessage>
  );
}
