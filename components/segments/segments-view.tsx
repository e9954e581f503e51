"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { topicHref, topicsHref } from "#lib/hrefs.ts";
import { type PartitionPlace, segmentsQuery } from "#lib/queries/segments.ts";
import { SegmentMap } from "./map/segment-map.tsx";
import { NoAccess } from "./no-access.tsx";
import { SegmentTable } from "./segment-table.tsx";
import { segmentsUrl } from "./segments-url.ts";
import { shownReplica } from "./shown-replica.ts";
import { SideFiles } from "./side-files.tsx";
import { ToolsPanel } from "./tools-panel.tsx";

/** A partition as files: what lies where, what goes next, and where an offset is. */
export function SegmentsView(place: PartitionPlace) {
  const cluster = useCluster();
  const query = useQuery(segmentsQuery(cluster.name, place));
  const { data } = query;
  const name = `${place.topic}-${place.partition}`;
  if (!data && query.isError)
    return <ClusterProblem query={query} what={`The segments of ${name} could not be read.`} />;
  return (
    <>
      <PageHead
        crumbs={[
          { label: "Topics", href: topicsHref(cluster.name) },
          { label: place.topic, href: topicHref(cluster.name, place.topic), mono: true },
        ]}
        title={
          <>
            Segments <span className="font-normal text-ink-2">of</span> <span className="mono">{name}</span>
          </>
        }
      />
      <StaleNotice query={query} />
      {data ? (
        <SegmentsBody list={data} />
      ) : (
        <SkeletonLines label={`Reading ${name}`} lines={8} className="px-gutter" />
      )}
    </>
  );
}

function SegmentsBody({ list }: { list: SegmentList }) {
  const [{ broker, segment }, setUrl] = useQueryStates({ broker: segmentsUrl.broker, segment: segmentsUrl.segment });
  const replica = shownReplica(list, broker);
  const choose = (baseOffset: string | null) => setUrl({ segment: baseOffset }, { history: "replace" });
  return (
    <>
      {list.missing.length > 0 && (
        <div className="px-gutter pb-3">
          <MissingParts parts={list.missing} />
        </div>
      )}
      {replica === null ? (
        <NoAccess list={list} />
      ) : (
        <>
          <SegmentMap list={list} shown={replica} selected={segment} onSelect={choose} />
          <div className="grid lg:grid-cols-[minmax(0,1fr)_500px]">
            <SegmentTable list={list} replica={replica} selected={segment} onSelect={choose} />
            <ToolsPanel list={list} replica={replica} />
          </div>
          <SideFiles list={list} />
        </>
      )}
    </>
  );
}
