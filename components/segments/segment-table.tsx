"use client";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { ColumnsMenu } from "#components/ui/columns-menu.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import type { Segment, SegmentList } from "#lib/contracts/segments.ts";
import { plural } from "#lib/format.ts";
import { segmentHref } from "#lib/hrefs.ts";
import { segmentsUrl } from "./segments-url.ts";
import type { ReadableReplica } from "./shown-replica.ts";
import { allDamage } from "./table/all-damage.ts";
import { DamageNotice } from "./table/damage-notice.tsx";
import { segmentColumns } from "./table/segment-columns.tsx";
import { SegmentDetails } from "./table/segment-details.tsx";
import { segmentFoot } from "./table/segment-foot.tsx";
import { countedTotals, segmentTotals } from "./table/segment-totals.ts";
import { useCounted } from "./table/use-counted.ts";

interface SegmentTableProps {
  list: SegmentList;
  replica: ReadableReplica;
  selected: string | null;
  onSelect: (baseOffset: string | null) => void;
}

const rowKey = ({ baseOffset }: Segment) => baseOffset;

/** The map's twin: a row a segment. */
export function SegmentTable({ list, replica, selected, onSelect }: SegmentTableProps) {
  const { name: cluster } = useCluster();
  const zone = useZone();
  const [{ sort, hide }, setUrl] = useQueryStates({ sort: segmentsUrl.sort, hide: segmentsUrl.hide });
  const [details, setDetails] = useState<{ segment: string; open: boolean } | null>(null);
  const { topic, partition, retention } = list;
  const { segments, brokerId } = replica;
  const place = useMemo(() => ({ topic, partition }), [topic, partition]);
  const totals = useMemo(() => segmentTotals(segments), [segments]);
  const { digits } = totals;
  const columns = useMemo(
    () =>
      segmentColumns({
        place,
        broker: brokerId,
        retention,
        digits,
        zone,
        onDetails: (segment) => setDetails({ segment, open: true }),
      }),
    [place, brokerId, retention, digits, zone],
  );
  const counts = useCounted(cluster, place, segments, brokerId);
  const damage = useMemo(() => allDamage(replica, counts), [replica, counts]);
  const rowHref = useMemo(
    () => (segment: Segment) =>
      segmentHref(cluster, topic, partition, segment.baseOffset, { broker: String(brokerId) }),
    [cluster, topic, partition, brokerId],
  );
  const chosen = segments.find(({ baseOffset }) => baseOffset === selected);
  return (
    <section aria-labelledby="segments-as-a-table" className="min-w-0">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-gutter py-1.5">
        <h2 id="segments-as-a-table">As a table</h2>
        <span className="text-12 text-ink-3">
          {plural(segments.length, "segment")} of broker {brokerId}
        </span>
        <span className="ml-auto flex items-center gap-3">
          {chosen !== undefined && (
            <Link href={rowHref(chosen)} prefetch={false} className="link">
              Batches of the selected segment
            </Link>
          )}
          <ColumnsMenu columns={columns.slice(0, -1)} hidden={hide} onHiddenChange={(next) => setUrl({ hide: next })} />
        </span>
      </div>
      <DamageNotice place={place} broker={brokerId} damage={damage} />
      <DataTable
        label={`Segments of ${topic}-${partition} on broker ${brokerId}`}
        columns={columns}
        rows={segments}
        rowKey={rowKey}
        rowHref={rowHref}
        onRowPress={({ baseOffset }) => onSelect(baseOffset === selected ? null : baseOffset)}
        selected={selected}
        sort={sort}
        onSortChange={(next) => setUrl({ sort: next })}
        hidden={hide}
        foot={segmentFoot(segments.length, totals, countedTotals(counts))}
        empty="No segment lies here: the broker makes the first one with the replica."
      />
      <SegmentDetails
        cluster={cluster}
        place={place}
        broker={brokerId}
        retention={retention}
        columns={columns}
        segment={segments.find(({ baseOffset }) => baseOffset === details?.segment)}
        open={details?.open === true}
        onOpenChange={(open) => setDetails((shown) => shown && { ...shown, open })}
      />
    </section>
  );
}
