"use client";
import { ConnectionDoctor } from "#components/clusters/connection-doctor.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { useDelayed } from "#components/ui/skeleton.tsx";
import { formatCount, plural } from "#lib/format.ts";
import { problemHref, tailHref, topicsHref } from "#lib/hrefs.ts";
import type { ProblemError } from "#lib/problem.ts";
import type { TailSearch } from "#lib/tail/tail-client.ts";
import type { TailSession } from "#lib/tail/tail-session.ts";
import { isFiltered, noFilters } from "./tail-url.ts";
import { useTailFigures, useTailRows, useTailStatus } from "./use-tail.ts";
import type { SetTailUrl } from "./use-tail-url.ts";

interface TailEmptyProps {
  session: TailSession;
  search: TailSearch;
  setUrl: SetTailUrl;
}

/** In place of rows: what is awaited, why nothing is seen, what to do. */
export function TailEmpty({ session, search, setUrl }: TailEmptyProps) {
  useTailRows(session);
  const { connection, pause, catchingUp } = useTailStatus(session);
  const figures = useTailFigures(session);
  const connecting = connection.kind === "connecting" || connection.kind === "idle";
  const late = useDelayed(connecting);
  if (connection.kind === "failed") return <TailFailure session={session} problem={connection.problem} />;
  if (connection.kind === "reconnecting" && !connection.everOpen) {
    if (connection.problem.code === "cluster-unreachable") return <Unreachable />;
    return (
      <div className="px-gutter py-4">
        <ProblemNotice
          error={connection.problem}
          title="The tail could not begin; it is tried again."
          onRetry={() => session.retry()}
        />
      </div>
    );
  }
  if (connecting) {
    return late ? <p className="px-gutter py-8 text-ink-2">Asking where each partition begins…</p> : null;
  }
  const partitions = session.positions.partitions.length;
  if (partitions === 0) {
    return (
      <PageMessage level={2} glyph="ring" title="No topic matches yet.">
        Topics that are made are read as soon as they appear. <span className="mono">/{search.pattern}/</span> is looked
        for in every name{search.internal === undefined && " but those of internal topics"}.
      </PageMessage>
    );
  }
  const newer = session.store.newer.messages;
  if (pause !== null && newer > 0) {
    return (
      <PageMessage level={2} glyph="ring" title="Paused before anything was shown.">
        {plural(newer, "message")} came meanwhile; continue to see {newer === 1 ? "it" : "them"}.
      </PageMessage>
    );
  }
  if (figures.waiting !== null) {
    return (
      <PageMessage
        level={2}
        glyph="triangle"
        title={`${plural(figures.waiting.partitions, "partition")} of ${formatCount(partitions)} can't be read just now.`}
      >
        {figures.waiting.why}
      </PageMessage>
    );
  }
  if (isFiltered(search)) {
    return (
      <PageMessage
        level={2}
        glyph="ring"
        title="Nothing has matched so far."
        actions={<Button onClick={() => setUrl(noFilters)}>Clear the filters</Button>}
      >
        Of {plural(figures.inTotal, "message")} read, none is what the filters ask for.
      </PageMessage>
    );
  }
  const ended = connection.kind === "ended";
  return (
    <PageMessage
      level={2}
      glyph="ring"
      title={ended ? "Nothing came." : catchingUp ? "Reading." : "Nothing has come yet."}
      actions={
        !catchingUp && (
          <>
            {search.from !== "last:100" && (
              <Button onClick={() => setUrl({ from: "last:100" })}>Show the last 100 of each partition</Button>
            )}
            {search.from !== "earliest" && (
              <Button tone="quiet" onClick={() => setUrl({ from: "earliest" })}>
                From the earliest
              </Button>
            )}
          </>
        )
      }
    >
      {ended
        ? connection.detail
        : `${formatCount(partitions)} ${partitions === 1 ? "partition is" : "partitions are"} read; a message is shown the moment it is written.`}
    </PageMessage>
  );
}

function Unreachable() {
  return <ConnectionDoctor cluster={useCluster().name} />;
}

interface TailFailureProps {
  session: TailSession;
  problem: ProblemError;
}

/** The tail could not begin, and trying again by itself would not help. */
function TailFailure({ session, problem }: TailFailureProps) {
  const cluster = useCluster();
  const notFound = problem.code === "topic-not-found" || problem.code === "partition-not-found";
  if (notFound) {
    return (
      <PageMessage
        level={2}
        title={problem.code === "topic-not-found" ? "There is no such topic." : "There is no such partition."}
        actions={
          <>
            <LinkButton href={tailHref(cluster.name)} tone="primary">
              Choose topics
            </LinkButton>
            <LinkButton href={topicsHref(cluster.name)}>All topics</LinkButton>
            <LinkButton href={problemHref(problem.code)} tone="quiet">
              Why this may be
            </LinkButton>
          </>
        }
      >
        {problem.message}
      </PageMessage>
    );
  }
  return (
    <div className="px-gutter py-4">
      <ProblemNotice error={problem} title="The tail could not begin." onRetry={() => session.retry()} />
    </div>
  );
}
