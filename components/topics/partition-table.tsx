"use client";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { TopicDetail } from "#lib/contracts/topics.ts";
import { formatCount, plural } from "#lib/format.ts";
import { segmentsHref, tailHref } from "#lib/hrefs.ts";
import { partitionColumns } from "./partition-columns.tsx";
import { PartitionDetails } from "./partition-details.tsx";
import { isProblem, partitionState, type TopicTotals } from "./partition-state.ts";
import { topicUrl } from "./topic-url.ts";

interface PartitionTableProps {
  cluster: string;
  topic: TopicDetail;
  totals: TopicTotals;
}

/** Every partition of a topic: who holds it, who is in sync, how far it reaches, how large it is. */
export function PartitionTable({ cluster, topic, totals }: PartitionTableProps) {
  const [{ problems, sort }, setUrl] = useQueryStates({ problems: topicUrl.problems, sort: topicUrl.sort });
  const { partitions, minInsyncReplicas } = topic;
  const largestBytes = partitions.reduce((most, { sizeBytes }) => max(most, BigInt(sizeBytes ?? 0)), 0n);
  const [details, setDetails] = useState<{ partition: number; open: boolean } | null>(null);
  const columns = useMemo(
    () =>
      partitionColumns({
        minInSync: minInsyncReplicas,
        largestBytes,
        onOpen: (partition) => setDetails({ partition, open: true }),
        tailOf: (partition) => tailHref(cluster, { topics: topic.name, partitions: String(partition) }),
        segmentsOf: (partition) => segmentsHref(cluster, topic.name, partition),
      }),
    [minInsyncReplicas, largestBytes, cluster, topic.name],
  );
  const rows = problems
    ? partitions.filter((partition) => isProblem(partitionState(partition, minInsyncReplicas)))
    : partitions;
  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 px-gutter py-1.5">
        <Switch
          checked={problems}
          onCheckedChange={(on) => setUrl({ problems: on })}
          label="Problems only"
          aside={formatCount(totals.problems)}
        />
        <span className="ml-auto text-ink-2" aria-live="polite">
          {rows.length === partitions.length
            ? plural(partitions.length, "partition")
            : `${formatCount(rows.length)} of ${plural(partitions.length, "partition")}`}
        </span>
      </div>
      <DataTable
        label={`Partitions of ${topic.name}`}
        columns={columns}
        rows={rows}
        rowKey={({ partition }) => String(partition)}
        sort={sort}
        onSortChange={(next) => setUrl({ sort: next })}
        empty={
          <>
            <b className="font-strong">No partition has a problem.</b>
            <p className="text-ink-2">
              All {formatCount(partitions.length)} have a leader, and their replicas are in sync.
            </p>
          </>
        }
      />
      <PartitionDetails
        cluster={cluster}
        topic={topic.name}
        columns={columns}
        partition={partitions.find(({ partition }) => partition === details?.partition)}
        open={details?.open === true}
        onOpenChange={(open) => setDetails((shown) => shown && { ...shown, open })}
      />
    </>
  );
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
