"use client";
import { type UseInfiniteQueryResult, useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { EndpointOutput } from "#lib/contracts/endpoint.ts";
import type { listMessages, Message } from "#lib/contracts/messages.ts";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import { ProblemError } from "#lib/problem.ts";
import { messageQuery } from "#lib/queries/messages.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { markerSentence, unservedSentences } from "./batch-words.ts";
import { MessageRows } from "./message-rows.tsx";

export type ServedPage = EndpointOutput<typeof listMessages>;

interface BatchMessagesProps {
  cluster: string;
  place: PartitionPlace;
  batch: StoredBatch;
  /** What Kafka serves at its offsets, as far as it was asked for. */
  served: Pick<
    UseInfiniteQueryResult<{ pages: ServedPage[] }>,
    "data" | "error" | "hasNextPage" | "isFetching" | "isFetchingNextPage" | "fetchNextPage" | "refetch"
  >;
  lastOpen: string | null;
  onOpen: (offset: string) => void;
}

/** The messages of a batch as its partition's leader serves them, and what it doesn't serve. */
export function BatchMessages({ cluster, place, batch, served, lastOpen, onOpen }: BatchMessagesProps) {
  const pages = served.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const last = pages.at(-1);
  const marker = batch.control && <p className="text-pretty px-gutter py-1.5">{markerSentence(batch, rows)}</p>;
  // Its own first bytes say it, whatever Kafka serves there.
  if (batch.controlType !== null) return marker;
  if (last === undefined) {
    if (served.error === null) return <SkeletonLines label="Reading its messages" lines={5} className="px-gutter" />;
    return (
      <div className="px-gutter py-2">
        <ProblemNotice
          error={served.error}
          title={problemTitle(served.error)}
          onRetry={() => served.refetch()}
          retrying={served.isFetching}
        />
      </div>
    );
  }
  if (batch.control) return marker;
  const whole = !served.hasNextPage;
  return (
    <>
      <div className="grid gap-2 px-gutter pb-2 empty:hidden">
        {batch.transactional && <Outcome cluster={cluster} place={place} offset={firstOffset(rows)} />}
        {whole &&
          unservedSentences(batch, last, rows).map((sentence) => (
            <Notice key={sentence} title="Not all of it is served.">
              {sentence}
            </Notice>
          ))}
      </div>
      {rows.length > 0 && (
        <MessageRows
          label={`Messages of the batch at offset ${batch.baseOffset}`}
          rows={rows}
          last={lastOpen}
          onOpen={onOpen}
        />
      )}
      {!whole && (
        <div className="px-gutter py-2.5">
          <Button pending={served.isFetchingNextPage} onClick={() => served.fetchNextPage()}>
            Show more of its messages
          </Button>
          <ProblemNotice error={served.error} className="mt-2" />
        </div>
      )}
    </>
  );
}

function problemTitle(error: unknown): string {
  const forbidden = error instanceof ProblemError && error.code === "kafka-forbidden";
  return forbidden
    ? "Its messages are Kafka's to show, and Tailrace's user may not read this topic."
    : "Its messages could not be read.";
}

const outcomes: Readonly<Record<NonNullable<Message["transaction"]>, { title: string; text: string }>> = {
  committed: { title: "Committed.", text: "The transaction that wrote it was committed." },
  aborted: {
    title: "Aborted.",
    text: "The transaction that wrote it was aborted: consumers with read_committed never see these messages.",
  },
  open: {
    title: "Open.",
    text: "The transaction that wrote it has no end yet: consumers with read_committed wait before it.",
  },
  unknown: {
    title: "Its end wasn't found.",
    text: "Too much lies between this batch and its transaction's marker to look.",
  },
};

/** What became of the transaction that wrote a batch: its first message is asked, whole. */
function Outcome({ cluster, place, offset }: { cluster: string; place: PartitionPlace; offset: string | null }) {
  const { data, isError } = useQuery({
    ...messageQuery(cluster, { ...place, offset: offset ?? "0" }),
    enabled: offset !== null,
  });
  if (data === undefined && isError) return <p className="text-12 text-ink-2">What became of it could not be read.</p>;
  if (data === undefined || data.transaction === null) return null;
  const { title, text } = outcomes[data.transaction];
  if (data.transaction === "committed") return <p className="text-12 text-ink-2">{text}</p>;
  return (
    <Notice tone={data.transaction === "open" ? "info" : "plain"} title={title}>
      {text}
    </Notice>
  );
}

function firstOffset(rows: ServedPage["rows"]): string | null {
  return rows.find((row) => Array.isArray(row))?.[1] ?? null;
}
