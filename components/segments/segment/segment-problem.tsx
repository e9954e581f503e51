"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { problemHref, segmentHref, segmentsHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { logFileName } from "../segment-files.ts";
import { missingSentence } from "./batch-words.ts";
import type { OffsetNow } from "./segment-place.ts";

interface SegmentProblemProps {
  place: PartitionPlace;
  baseOffset: string;
  query: Pick<UseQueryResult, "error" | "isFetching" | "refetch">;
  /** Where its first offset is now; null: it can't be told. */
  now: OffsetNow | null;
}

/** In place of a segment that can't be shown: why, and where to go. */
export function SegmentProblem({ place, baseOffset, query, now }: SegmentProblemProps) {
  const cluster = useCluster();
  const { topic, partition } = place;
  const { error } = query;
  const all = (
    <LinkButton href={segmentsHref(cluster.name, topic, partition)} tone={now?.at === "within" ? "plain" : "primary"}>
      Segments of {topic}-{partition}
    </LinkButton>
  );
  if (error instanceof ProblemError && error.code === "segment-not-found") {
    return (
      <PageMessage
        level={2}
        title={
          <>
            <span className="mono">{logFileName(baseOffset)}</span> isn't there.
          </>
        }
        actions={
          <>
            {now?.at === "within" && (
              <LinkButton
                href={segmentHref(cluster.name, topic, partition, now.segment.baseOffset, { from: baseOffset })}
                tone="primary"
              >
                Offset {baseOffset} in segment {now.segment.baseOffset}
              </LinkButton>
            )}
            {all}
            <LinkButton href={problemHref("segment-not-found")} tone="quiet">
              Why this may be
            </LinkButton>
          </>
        }
      >
        {now === null
          ? `${error.message} A segment goes when retention deletes it, or when compaction merges it into the one before.`
          : missingSentence(now, baseOffset)}
      </PageMessage>
    );
  }
  if (error instanceof ProblemError && error.code === "segments-unreadable") {
    return (
      <PageMessage
        level={2}
        glyph="dash"
        title="This replica's files can't be read from here."
        actions={
          <>
            {all}
            <LinkButton href={problemHref("segments-unreadable")} tone="quiet">
              How to give Tailrace access
            </LinkButton>
          </>
        }
      >
        {error.message}
      </PageMessage>
    );
  }
  return <ClusterProblem query={query} what="The batches of this segment could not be read." />;
}
