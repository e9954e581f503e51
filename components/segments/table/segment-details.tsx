"use client";
import { useQuery } from "@tanstack/react-query";
import type { Column } from "#components/ui/data-table-columns.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { DetailLine, RowDetails } from "#components/ui/row-details.tsx";
import type { Retention, Segment } from "#lib/contracts/segments.ts";
import { formatCount } from "#lib/format.ts";
import { segmentHref } from "#lib/hrefs.ts";
import { type PartitionPlace, segmentCountsQuery } from "#lib/queries/segments.ts";
import { StateCell } from "./segment-cells.tsx";

interface SegmentDetailsProps {
  cluster: string;
  place: PartitionPlace;
  broker: number;
  retention: Retention | null;
  columns: readonly Column<Segment>[];
  /** Undefined before one was chosen, or when it is gone. */
  segment: Segment | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const shownElsewhere = ["baseOffset", "indexes", "state", "details"];

/** Everything that is known of a segment. */
export function SegmentDetails({ cluster, place, broker, retention, segment, ...details }: SegmentDetailsProps) {
  if (segment === undefined) return null;
  const { topic, partition } = place;
  const { baseOffset } = segment;
  return (
    <RowDetails
      {...details}
      title={
        <>
          Segment <Offset value={baseOffset} />
        </>
      }
      description={
        <>
          of <span className="mono break-all">{`${topic}-${partition}`}</span> on broker {broker}
        </>
      }
      row={segment}
      without={shownElsewhere}
      actions={
        <LinkButton href={segmentHref(cluster, topic, partition, baseOffset, { broker: String(broker) })}>
          Batches of this segment
        </LinkButton>
      }
    >
      <Counted cluster={cluster} place={place} broker={broker} segment={segment} />
      <DetailLine term="State">
        <StateCell segment={segment} retention={retention} all />
      </DetailLine>
    </RowDetails>
  );
}

/** What its batches add up to beside what the table shows; or why they couldn't be counted. */
function Counted({
  cluster,
  place,
  broker,
  segment,
}: Pick<SegmentDetailsProps, "cluster" | "place" | "broker"> & { segment: Segment }) {
  const query = useQuery(segmentCountsQuery(cluster, place, segment, broker));
  if (query.data === undefined) {
    if (query.error === null) return null;
    return (
      <DetailLine term="Counts">
        <ProblemNotice
          error={query.error}
          title="Its batches could not be counted."
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
          className="text-left"
        />
      </DetailLine>
    );
  }
  const { gaps, transactionalBatches, controlBatches } = query.data;
  return (
    <>
      <DetailLine term="Gaps" what="Offsets from its base to its last that no record has">
        {formatCount(gaps)}
      </DetailLine>
      <DetailLine term="Transactional batches" what="Those that belong to a transaction, its markers included">
        {formatCount(transactionalBatches)}
      </DetailLine>
      <DetailLine term="Control batches" what="Markers of Kafka's own: the ends of transactions">
        {formatCount(controlBatches)}
      </DetailLine>
    </>
  );
}
