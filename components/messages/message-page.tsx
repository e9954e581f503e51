"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { messageHref, tailHref, topicHref, topicsHref } from "#lib/hrefs.ts";
import { type MessagePlace, messageQuery, neighbourQuery } from "#lib/queries/messages.ts";
import { MessageActions } from "./message-actions.tsx";
import { MessageProblem } from "./message-problem.tsx";
import { MessageTitle } from "./message-title.tsx";
import { messageUrl } from "./message-url.ts";
import { MessageView } from "./message-view.tsx";

/** One message on a page of its own: what a person pastes into a ticket. */
export function MessagePage(place: MessagePlace) {
  const cluster = useCluster();
  const [{ keyAs, valueAs }] = useQueryStates({ keyAs: messageUrl.keyAs, valueAs: messageUrl.valueAs });
  const query = useQuery({
    ...messageQuery(cluster.name, place, { keyAs, valueAs }),
    placeholderData: keepPreviousData,
  });
  const { topic, partition, offset } = place;
  const { data } = query;
  if (data === undefined && query.isError) {
    return <MessageProblem cluster={cluster.name} place={place} query={query} level={1} />;
  }
  return (
    <>
      <PageHead
        crumbs={[
          { label: "Topics", href: topicsHref(cluster.name) },
          { label: topic, href: topicHref(cluster.name, topic), mono: true },
        ]}
        title={<MessageTitle {...place} />}
        aside={data !== undefined && <Bounds logStart={data.logStartOffset} highWatermark={data.highWatermark} />}
        actions={
          <>
            <Neighbour cluster={cluster.name} place={place} direction="before" />
            <Neighbour cluster={cluster.name} place={place} direction="after" />
            <LinkButton
              href={tailHref(cluster.name, { topics: topic, partitions: String(partition), from: `offset:${offset}` })}
            >
              Tail from here
            </LinkButton>
          </>
        }
      />
      <StaleNotice query={query} />
      {data === undefined ? (
        <SkeletonLines label={`Reading offset ${offset}`} lines={8} className="px-gutter" />
      ) : (
        <div
          className="flex flex-1 flex-col inert:opacity-60"
          inert={query.isPlaceholderData}
          aria-busy={query.isPlaceholderData}
        >
          <MessageView message={data} />
          <footer className="sticky bottom-thumb-bar z-10 mt-auto flex flex-wrap gap-1.5 border-line-strong border-t bg-bg px-gutter py-2.5">
            <MessageActions message={data} />
          </footer>
        </div>
      )}
    </>
  );
}

function Bounds({ logStart, highWatermark }: { logStart: string; highWatermark: string }) {
  return (
    <span className="text-12 text-ink-3">
      log start offset <Offset value={logStart} /> · high watermark <Offset value={highWatermark} />
    </span>
  );
}

interface NeighbourProps {
  cluster: string;
  place: MessagePlace;
  direction: "before" | "after";
}

const words = { before: "Previous", after: "Next" } as const;

/** The nearest message on one side, over gaps; the last one's next may come any moment. */
function Neighbour({ cluster, place, direction }: NeighbourProps) {
  const { data } = useQuery(neighbourQuery(cluster, place, direction));
  const icon =
    direction === "before" ? (
      <ChevronLeft aria-hidden strokeWidth={1.6} />
    ) : (
      <ChevronRight aria-hidden strokeWidth={1.6} />
    );
  if (data === undefined || data === null) {
    return (
      <span className="inline-flex h-ctl items-center gap-1.5 px-2.5 text-ink-3 [&_svg]:size-3.5" aria-disabled>
        {direction === "before" && icon}
        {data === null ? `No ${words[direction].toLowerCase()} one` : words[direction]}
        {direction === "after" && icon}
      </span>
    );
  }
  return (
    <LinkButton href={messageHref(cluster, place.topic, place.partition, data)} title={`Offset ${data}`}>
      {direction === "before" && icon}
      {words[direction]}
      {direction === "after" && icon}
    </LinkButton>
  );
}
