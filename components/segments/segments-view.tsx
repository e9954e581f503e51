"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { ShellCommands } from "#components/clusters/shell-commands.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { tailHref, topicHref, topicsHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { type PartitionPlace, segmentsQuery } from "#lib/queries/segments.ts";
import { AwayNote, awayOf } from "./away-note.tsx";
import { SegmentMap } from "./map/segment-map.tsx";
import { NoAccess } from "./no-access.tsx";
import { PartitionSwitch } from "./partition-switch.tsx";
import { segmentCommands } from "./segment-commands.ts";
import { SegmentTable } from "./segment-table.tsx";
import { SegmentsProblem } from "./segments-problem.tsx";
import { segmentsUrl } from "./segments-url.ts";
import { shownReplica, whyAnother } from "./shown-replica.ts";
import { SideFiles } from "./side-files.tsx";
import { ToolsPanel } from "./tools-panel.tsx";
import { useFoundInBatches } from "./verify/use-found-in-batches.ts";
import { useVerification } from "./verify/use-verification.ts";
import { foundBy, withFindings } from "./verify/with-findings.ts";

/** Deleted meanwhile: what is on screen is nobody's any more. */
function isGone(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === "topic-not-found" || error.code === "partition-not-found");
}

/** A partition as files: what lies where, what goes next, and where an offset is. */
export function SegmentsView(place: PartitionPlace) {
  const cluster = useCluster();
  const query = useQuery(segmentsQuery(cluster.name, place));
  const { data } = query;
  const [{ broker, segment }] = useQueryStates(chosenParts);
  const name = `${place.topic}-${place.partition}`;
  const commandsOf = (list: SegmentList) =>
    segmentCommands({
      bootstrap: cluster.bootstrap,
      topic: list.topic,
      brokers: [...new Set(list.replicas.map(({ brokerId }) => brokerId))],
      replica: shownReplica(list, broker),
      selected: segment,
    });
  if (query.isError && (!data || isGone(query.error))) return <SegmentsProblem place={place} query={query} />;
  return (
    <>
      <PageHead
        crumbs={[
          { label: "Topics", href: topicsHref(cluster.name) },
          { label: place.topic, href: topicHref(cluster.name, place.topic), mono: true },
        ]}
        title={
          <>
            Segments <span className="font-regular text-ink-2">of</span>{" "}
            <span className="mono [overflow-wrap:anywhere]">{name}</span>
          </>
        }
        actions={
          <>
            <PartitionSwitch {...place} />
            <LinkButton
              href={tailHref(cluster.name, {
                topics: place.topic,
                partitions: String(place.partition),
                from: "last:100",
              })}
            >
              Tail
            </LinkButton>
            {data && <ShellCommands commands={commandsOf(data)} />}
          </>
        }
      />
      <StaleNotice query={query} />
      {data ? (
        <SegmentsBody key={name} list={data} />
      ) : (
        <SkeletonLines label={`Reading ${name}`} lines={8} className="px-gutter" />
      )}
    </>
  );
}

const chosenParts = { broker: segmentsUrl.broker, segment: segmentsUrl.segment };

function SegmentsBody({ list: listed }: { list: SegmentList }) {
  const [{ broker, segment }, setUrl] = useQueryStates(chosenParts);
  const verification = useVerification(listed);
  const { run } = verification;
  const seen = useFoundInBatches(listed);
  const list = useMemo(() => withFindings(listed, [...foundBy(run), ...seen]), [listed, run, seen]);
  const replica = shownReplica(list, broker);
  const another = replica === null ? null : whyAnother(list, broker, replica);
  const choose = (baseOffset: string | null) => setUrl({ segment: baseOffset }, { history: "replace" });
  return (
    <>
      {list.missing.length > 0 && (
        <div className="px-gutter pb-3">
          <MissingParts parts={list.missing} />
        </div>
      )}
      <AwayNote away={awayOf(list.replicas)} className="mx-gutter mb-3" />
      {replica === null ? (
        <NoAccess list={list} />
      ) : (
        <>
          {another !== null && (
            <div className="px-gutter pb-3">
              <Notice title={`What follows is of broker ${replica.brokerId}, not of broker ${broker}.`}>
                {another}
              </Notice>
            </div>
          )}
          <SegmentMap list={list} shown={replica} selected={segment} onSelect={choose} />
          <div className="grid lg:grid-cols-[minmax(0,1fr)_420px] lg:grid-rows-[auto_1fr]">
            <SegmentTable list={list} replica={replica} selected={segment} onSelect={choose} />
            <ToolsPanel list={list} replica={replica} verification={verification} />
            <SideFiles list={list} />
          </div>
        </>
      )}
    </>
  );
}
