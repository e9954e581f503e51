"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { type Fact, FactStrip } from "#components/ui/fact-strip.tsx";
import { useNow } from "#components/ui/now.tsx";
import { Bytes, Duration, Offset, Unknown } from "#components/ui/quantity.tsx";
import { SkeletonBar } from "#components/ui/skeleton.tsx";
import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import type { Retention, Segment, SegmentList } from "#lib/contracts/segments.ts";
import { formatCount, plural } from "#lib/format.ts";
import { ProblemError } from "#lib/problem.ts";
import { type PartitionPlace, segmentCountsQuery } from "#lib/queries/segments.ts";
import { formatDateTime } from "#lib/time.ts";
import { deletes } from "../cleanup-policy.ts";
import { logFileName } from "../segment-files.ts";
import type { ReadableReplica } from "../shown-replica.ts";
import { storedTime, storedTimeAfter } from "../stored-moment.ts";
import { allDamage } from "../table/all-damage.ts";
import { DamageNotice } from "../table/damage-notice.tsx";
import { goesReason } from "./batch-words.ts";

interface SegmentFactsProps {
  place: PartitionPlace;
  list: SegmentList;
  replica: ReadableReplica;
  segment: Segment;
}

/** What is known of a segment without opening its batches, and what a walk over them counts. */
export function SegmentFacts({ place, list, replica, segment }: SegmentFactsProps) {
  const cluster = useCluster();
  const zone = useZone();
  const counts = useQuery(segmentCountsQuery(cluster.name, place, segment, replica.brokerId));
  const facts: Fact[] = [
    {
      label: "File",
      value: (
        <span title={`${replica.access.logDir}/${replica.directory ?? ""}/${logFileName(segment.baseOffset)}`}>
          broker {replica.brokerId}
        </span>
      ),
      aside: replica.role,
      small: true,
    },
    {
      label: "Size",
      value: <Bytes value={segment.sizeBytes} />,
      aside: list.retention !== null && segment.active && (
        <>
          of <Bytes value={list.retention.segmentBytes} />
        </>
      ),
    },
    {
      label: "Offsets",
      value: (
        <>
          <Offset value={segment.baseOffset} /> <span className="font-regular text-ink-3">to</span>{" "}
          <Offset value={segment.lastOffset} />
        </>
      ),
      aside: startsInside(segment, list.logStartOffset) && (
        <>
          log start <Offset value={list.logStartOffset} />
        </>
      ),
      small: true,
    },
    {
      label: `Timestamps, ${zone}`,
      value: inSeconds(storedTime(segment.firstTimestampMs, zone)) ?? <Unknown />,
      aside: (
        <>to {inSeconds(storedTimeAfter(segment.maxTimestampMs, segment.firstTimestampMs, zone)) ?? <Unknown />}</>
      ),
      small: true,
    },
    ...countFacts(counts),
    {
      label: "Indexes",
      value: (
        <>
          {segment.offsetIndex === null ? "no" : formatCount(segment.offsetIndex.entries)}
          <span className="font-regular text-ink-3"> offset · </span>
          {segment.timeIndex === null ? "no" : formatCount(segment.timeIndex.entries)}
          <span className="font-regular text-ink-3"> time</span>
        </>
      ),
      aside: (segment.abortedTransactions ?? 0) > 0 && plural(segment.abortedTransactions ?? 0, "aborted transaction"),
      small: true,
    },
    { label: "Goes", ...goesFact(segment, list.retention), small: true },
  ];
  return (
    <>
      <DamageNotice
        place={place}
        broker={replica.brokerId}
        damage={allDamage({ damage: [], segments: [segment] }, counts.data === undefined ? [] : [counts.data])}
      />
      <FactStrip label="Facts of the segment" facts={facts} className={inFours} />
    </>
  );
}

/** Rows of four: none wraps alone, nothing moves when the counts come, and rules reach from edge to edge. */
const inFours =
  "md:grid md:grid-cols-2 md:pl-0 lg:grid-cols-4 md:[&>div]:px-gutter md:max-lg:[&>div:nth-child(2n)]:border-r-0 lg:[&>div:nth-child(4n)]:border-r-0";

function inSeconds(time: string | null): string | null {
  return time?.replace(/\.\d{3}$/, "") ?? null;
}

/** Records before the log start offset are in the file, and served to nobody. */
function startsInside({ baseOffset, lastOffset }: Segment, logStartOffset: string | null): boolean {
  if (logStartOffset === null || BigInt(logStartOffset) <= BigInt(baseOffset)) return false;
  return lastOffset === null || BigInt(logStartOffset) <= BigInt(lastOffset);
}

type Counts = Pick<UseQueryResult<SegmentCounts>, "data" | "error">;

/** Read lazily: a walk over every batch's header, of a large segment in several steps. */
function countFacts({ data, error }: Counts): Fact[] {
  if (data === undefined) {
    const why = error instanceof ProblemError ? error.message : "not counted";
    const value = error === null ? <SkeletonBar /> : <Unknown why={why} />;
    return [
      { label: "Batches", value },
      { label: "Records", value },
    ];
  }
  const { batches, records, controlBatches, transactionalBatches, complete, gaps } = data;
  const marked =
    transactionalBatches > controlBatches && `${formatCount(transactionalBatches - controlBatches)} transactional`;
  return [
    {
      label: "Batches",
      value: <AtLeast certain={complete} count={batches} />,
      aside: [marked, codecsText(data)].filter(Boolean).join(" · "),
    },
    {
      label: "Records",
      value: <AtLeast certain={complete} count={records} />,
      aside: (
        <>
          {controlBatches > 0 && (
            <span title="Markers have an offset each, and are no records">and {plural(controlBatches, "marker")}</span>
          )}
          {controlBatches > 0 && (!complete || BigInt(gaps) > 0n) && " · "}
          {complete ? (
            BigInt(gaps) > 0n && (
              <span title="Offsets from its base to its last that no record has">
                {plural(gaps, "offset")} without one
              </span>
            )
          ) : (
            <>
              in the first <Bytes value={data.countedBytes} />, counting on
            </>
          )}
        </>
      ),
    },
  ];
}

function AtLeast({ certain, count }: { certain: boolean; count: number | string }) {
  if (certain) return formatCount(count);
  return (
    <>
      <span className="font-regular text-ink-3">
        <span aria-hidden>≥&nbsp;</span>
        <span className="sr-only">at least </span>
      </span>
      {formatCount(count)}
    </>
  );
}

function codecsText({ codecs, batches }: SegmentCounts): string {
  const [only] = codecs;
  if (only === undefined) return "";
  if (codecs.length === 1) return only.batches === batches && only.codec === "none" ? "uncompressed" : only.codec;
  return codecs.map(({ codec, batches: count }) => `${codec} ${formatCount(count)}`).join(", ");
}

function goesFact({ goes, active }: Segment, retention: Retention | null): Pick<Fact, "value" | "aside"> {
  if (goes === null) return { value: <Stays retention={retention} /> };
  const aside = goesReason(goes.because);
  if (goes.dueNow) {
    return {
      value: "at the next check",
      aside: (
        <>
          {aside}
          {retention?.checkIntervalMs != null && (
            <>
              , every <Duration ms={retention.checkIntervalMs} />
            </>
          )}
        </>
      ),
    };
  }
  if (goes.atMs === null) return { value: "as more is written", aside };
  return { value: <GoesIn atMs={goes.atMs} />, aside: active ? `${aside}, unless more is written` : aside };
}

function GoesIn({ atMs }: { atMs: number }) {
  const now = useNow();
  const zone = useZone();
  return (
    <span title={`${formatDateTime(atMs, zone)} ${zone}`}>
      in <Duration ms={Math.max(0, atMs - now)} />
    </span>
  );
}

/** Nothing is foreseen to delete it; why not, as far as the configs tell. */
function Stays({ retention }: { retention: Retention | null }) {
  if (retention === null) return <Unknown why="the topic's configs could not be read" />;
  if (retention.tiered) return <Unknown why="its topic is tiered: other rules delete what lies on the brokers" />;
  if (!deletes(retention))
    return (
      <span title={`cleanup.policy is ${retention.cleanupPolicy}: nothing is deleted by time or size`}>stays</span>
    );
  return <span title="Neither retention.ms nor retention.bytes takes it, as far as is known">nothing foreseen</span>;
}
