"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { changesHref } from "#lib/hrefs.ts";
import { recordingQuery } from "#lib/queries/changes.ts";
import { CreateChangeLogButton } from "./create-change-log-button.tsx";
import { isChangeRefused, recordingWords } from "./recording-words.ts";

/**
 * Stands beside the button that makes a change: whether it will be recorded, and where. Where the change log is missing
 * it offers to make it. Whether the button is of use at all: `useIsChangeRefused`.
 */
export function RecordingNote({ className }: { className?: string }) {
  const cluster = useCluster();
  const query = useQuery(recordingQuery(cluster.name));
  const { data: recording } = query;
  if (cluster.readOnly) return null;
  if (recording === undefined) {
    if (!query.isError) return <p className={className}>&nbsp;</p>;
    return (
      <ProblemNotice
        error={query.error}
        title="Whether this will be recorded could not be told."
        onRetry={() => query.refetch()}
        retrying={query.isFetching}
        {...(className !== undefined && { className })}
      />
    );
  }
  const { tone, title, canCreate } = recordingWords(recording);
  if (tone === "quiet") {
    return (
      <div className={className}>
        <p className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2 text-pretty text-12 text-ink-2">
          <Glyph shape={recording.audit === "off" ? "note" : "tick"} className="mt-[2px] size-3" />
          <span className="break-words">
            {title} {recording.detail}{" "}
            <Link href={changesHref(cluster.name)} className="link underline">
              Changes
            </Link>
          </span>
        </p>
      </div>
    );
  }
  return (
    <Notice tone={tone} role="status" title={title} {...(className !== undefined && { className })}>
      {recording.detail}
      {canCreate && (
        <span className="mt-1 block">
          The change log is the topic <span className="mono break-all">{recording.topic}</span>: one partition, up to
          three replicas, kept for ever.
        </span>
      )}
      {canCreate && (
        <span className="mt-2 flex flex-wrap items-center gap-2">
          <CreateChangeLogButton />
        </span>
      )}
    </Notice>
  );
}

/** True once it is known that the server would refuse any change, for want of a record. */
export function useIsChangeRefused(): boolean {
  const cluster = useCluster();
  const { data } = useQuery(recordingQuery(cluster.name));
  return data !== undefined && isChangeRefused(data);
}
