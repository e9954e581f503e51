"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useNow } from "#components/ui/now.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { Retention, Segment, SegmentList } from "#lib/contracts/segments.ts";
import { segmentHref, segmentsHref, topicHref, topicsHref } from "#lib/hrefs.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { paddedOffset } from "../segment-files.ts";
import { segmentStates } from "../segment-state.ts";
import { ReplicaSwitch } from "./replica-switch.tsx";
import type { SegmentPlace } from "./segment-place.ts";

interface SegmentHeadProps {
  place: PartitionPlace;
  baseOffset: string;
  /** Undefined until it is here, or when it can't be read. */
  list: SegmentList | undefined;
  among: SegmentPlace;
  /** Whose replica is shown; undefined: not known yet. */
  broker: number | undefined;
  /** The replica that the address names: the links beside keep it. */
  named: number | null;
  onBroker: (broker: number) => void;
}

export function SegmentHead({ place, baseOffset, list, among, broker, named, onBroker }: SegmentHeadProps) {
  const cluster = useCluster();
  const { topic, partition } = place;
  const name = `${topic}-${partition}`;
  const { segment, previous, next } = among;
  const query = named === null ? {} : { broker: String(named) };
  const hrefOf = (one: Segment) => segmentHref(cluster.name, topic, partition, one.baseOffset, query);
  return (
    <PageHead
      crumbs={[
        { label: "Topics", href: topicsHref(cluster.name) },
        { label: topic, href: topicHref(cluster.name, topic), mono: true },
        { label: `Segments of ${name}`, href: segmentsHref(cluster.name, topic, partition, query) },
      ]}
      title={
        <>
          Segment <span className="mono [overflow-wrap:anywhere]">{paddedOffset(baseOffset)}</span>{" "}
          <span className="font-regular text-ink-2">of</span>{" "}
          <span className="mono [overflow-wrap:anywhere]">{name}</span>
        </>
      }
      tags={segment && <SegmentTags segment={segment} retention={list?.retention ?? null} />}
      actions={
        <>
          {list !== undefined && <ReplicaSwitch list={list} broker={broker} onBroker={onBroker} />}
          {previous !== null && (
            <LinkButton href={hrefOf(previous)} title={`Segment ${previous.baseOffset}`}>
              <ChevronLeft aria-hidden strokeWidth={1.6} />
              Previous segment
            </LinkButton>
          )}
          {next !== null && (
            <LinkButton href={hrefOf(next)} title={`Segment ${next.baseOffset}`}>
              Next segment
              <ChevronRight aria-hidden strokeWidth={1.6} />
            </LinkButton>
          )}
        </>
      }
    />
  );
}

/** What is the matter with it; when it goes, if not soon, is a fact of its own. */
function SegmentTags({ segment, retention }: { segment: Segment; retention: Retention | null }) {
  const zone = useZone();
  const nowMs = useNow();
  const goes = segment.goes?.dueNow === true ? segment.goes : null;
  return segmentStates({ ...segment, goes }, retention, { zone, nowMs }).map(({ word, sentence, tone, glyph }) => (
    <span key={word} title={sentence}>
      <Tag tone={tone === "quiet" ? "plain" : tone} {...(glyph !== undefined && { glyph })}>
        {word}
      </Tag>
    </span>
  ));
}
