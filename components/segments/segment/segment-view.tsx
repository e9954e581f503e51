"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { segmentsHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { POLL_MS } from "#lib/queries/polling.ts";
import { type BatchesFrom, batchesQuery, type PartitionPlace, segmentsQuery } from "#lib/queries/segments.ts";
import { AwayNote, awayOf } from "../away-note.tsx";
import { SegmentsProblem } from "../segments-problem.tsx";
import { segmentUrl } from "../segments-url.ts";
import { shownReplica } from "../shown-replica.ts";
import { BatchesSection } from "./batches-section.tsx";
import { SegmentFacts } from "./segment-facts.tsx";
import { SegmentHead } from "./segment-head.tsx";
import { mayHaveGrown, offsetNow, placeOf, wentAway } from "./segment-place.ts";
import { SegmentProblem } from "./segment-problem.tsx";

/** The inside of a segment, batch by batch. */
export function SegmentView({ baseOffset, ...place }: PartitionPlace & { baseOffset: string }) {
  const cluster = useCluster();
  const [url, setUrl] = useQueryStates(segmentUrl, { history: "push" });
  const list = useQuery(segmentsQuery(cluster.name, place));
  const shown = list.data === undefined ? null : shownReplica(list.data, url.broker);
  // Beside batches of one replica, or why they can't be read, no facts of another one.
  const replica = url.broker === null || shown?.brokerId === url.broker ? shown : null;
  const among = placeOf(replica?.segments ?? [], baseOffset);
  const page = useQuery({
    ...batchesQuery(cluster.name, place, baseOffset, url.broker ?? undefined, beginning(url)),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && mayHaveGrown(data, among.segment) ? POLL_MS.segments : false,
    refetchIntervalInBackground: false,
  });
  const onBroker = useCallback(
    (broker: number) => void setUrl({ broker, message: null }, { history: "replace" }),
    [setUrl],
  );
  if (page.data === undefined && isOfPartition(page.error)) return <SegmentsProblem place={place} query={page} />;
  const isUnlisted =
    list.data !== undefined &&
    replica !== null &&
    page.data !== undefined &&
    wentAway(among, page.data, { brokerId: replica.brokerId, observedAtMs: list.data.observedAtMs });
  const gone = isUnlisted || (page.error instanceof ProblemError && page.error.code === "segment-not-found");
  return (
    <>
      <SegmentHead
        place={place}
        baseOffset={baseOffset}
        list={list.data}
        among={among}
        broker={page.data?.brokerId ?? url.broker ?? replica?.brokerId}
        named={url.broker}
        onBroker={onBroker}
      />
      <StaleNotice query={list} />
      {!gone && <StaleNotice query={page} />}
      {gone && page.data !== undefined && (
        <div className="px-gutter pb-3">
          <Notice
            tone="warn"
            role="status"
            title="This segment is gone now."
            action={
              <LinkButton href={segmentsHref(cluster.name, place.topic, place.partition)} tone="quiet">
                All segments
              </LinkButton>
            }
          >
            Retention deleted it, or compaction merged it into the one before. What you see was read before that.
          </Notice>
        </div>
      )}
      {replica !== null && <AwayNote away={awayOf([replica])} className="mx-gutter mb-3" />}
      {list.data !== undefined && replica !== null && among.segment !== null && (
        <SegmentFacts key={replica.brokerId} place={place} list={list.data} replica={replica} segment={among.segment} />
      )}
      {page.data !== undefined ? (
        <BatchesSection
          // Where pages begin in one replica's file says nothing of another's.
          key={`batches ${page.data.brokerId}`}
          place={place}
          baseOffset={baseOffset}
          page={page.data}
          waiting={page.isPlaceholderData}
          among={among}
          leader={list.data?.replicas.find(({ role }) => role === "leader")?.brokerId ?? null}
          segments={replica?.segments ?? []}
          url={url}
          setUrl={setUrl}
        />
      ) : page.isError ? (
        <SegmentProblem
          place={place}
          baseOffset={baseOffset}
          query={page}
          now={list.data === undefined || replica === null ? null : offsetNow(list.data, replica.segments, baseOffset)}
        />
      ) : (
        <SkeletonLines label="Reading its batches" lines={8} className="px-gutter" />
      )}
    </>
  );
}

/** The partition itself isn't there. */
function isOfPartition(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === "topic-not-found" || error.code === "partition-not-found");
}

/** Where the page begins: an offset counts before a byte; neither, at the first batch. */
function beginning({ from, position }: { from: string | null; position: string | null }): BatchesFrom {
  if (from !== null) return { fromOffset: from };
  return position === null ? {} : { position };
}
