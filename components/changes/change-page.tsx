"use client";
import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { Sentence } from "#components/ui/sentence.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ChangeDetail } from "#lib/contracts/changes.ts";
import { changesHref, problemHref, undoChangeHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { changeQuery } from "#lib/queries/changes.ts";
import { ChangeFacts } from "./change-facts.tsx";
import { ChangeNotices } from "./change-notices.tsx";
import { changeSentence, changeStateWords } from "./change-words.ts";
import { MovedPartitions } from "./moved-partitions.tsx";
import { RecordedText } from "./recorded-text.tsx";

/** One change: who, when, what, before and after, what came of it, and how to take it back. */
export function ChangePage({ change: id }: { change: string }) {
  const cluster = useCluster();
  const query = useQuery(changeQuery(cluster.name, id));
  const { data, error } = query;
  const isUnknown =
    error instanceof ProblemError && (error.code === "change-not-found" || error.code === "invalid-request");
  if (isUnknown) return <NoSuchChange cluster={cluster.name} />;
  if (data === undefined && query.isError) {
    return <ClusterProblem query={query} what="The change could not be read." />;
  }
  const crumbs = [{ label: "Changes", href: changesHref(cluster.name) }];
  if (data === undefined) {
    return (
      <>
        <PageHead crumbs={crumbs} title="Change" />
        <SkeletonLines label="Reading the change" lines={6} className="px-gutter" />
      </>
    );
  }
  return (
    <>
      <PageHead
        crumbs={crumbs}
        title={<Sentence parts={changeSentence(data)} />}
        tags={<StateTag state={data.state} />}
        aside={data.notUndoable !== null && `It can’t be taken back: ${data.notUndoable}`}
        actions={
          data.notUndoable === null &&
          !cluster.readOnly && (
            <LinkButton href={undoChangeHref(cluster.name, id)}>
              <Undo2 aria-hidden strokeWidth={1.6} />
              Plan its undo
            </LinkButton>
          )
        }
      />
      <ChangeNotices cluster={cluster.name} change={data} />
      <ChangeFacts cluster={cluster.name} change={data} />
      <ChangeBody change={data} />
    </>
  );
}

function StateTag({ state }: Pick<ChangeDetail, "state">) {
  const { label, glyph, tone } = changeStateWords[state];
  return (
    <Tag tone={tone} glyph={glyph}>
      {label}
    </Tag>
  );
}

function ChangeBody({ change }: { change: ChangeDetail }) {
  const { partitions, before, after, outcome } = change;
  return (
    <>
      {partitions.length > 0 && <MovedPartitions partitions={partitions} />}
      <div className="grid items-start gap-x-6 gap-y-4 px-gutter py-4 empty:hidden lg:grid-cols-2">
        {holds(before) && <RecordedText title="Before" text={before} />}
        {holds(after) && <RecordedText title="Asked for" text={after} />}
        {holds(outcome) && <RecordedText title="What came of it" text={outcome} />}
      </div>
    </>
  );
}

/** "null" as JSON: there was nothing. */
function holds(text: string | null): text is string {
  return text !== null && text !== "null";
}

function NoSuchChange({ cluster }: { cluster: string }) {
  return (
    <PageMessage
      title="There is no such change in this cluster."
      actions={
        <>
          <LinkButton href={changesHref(cluster)} tone="primary">
            All changes
          </LinkButton>
          <LinkButton href={problemHref("change-not-found")} tone="quiet">
            Why this may be
          </LinkButton>
        </>
      }
    >
      The link is from another cluster, or the record was deleted from the change log’s topic.
    </PageMessage>
  );
}
