import type { Column } from "#components/ui/data-table-columns.ts";
import { Bytes } from "#components/ui/quantity.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatCount } from "#lib/format.ts";
import type { Zone } from "#lib/time.ts";
import { StoredTime } from "../stored-time.tsx";
import { sizeColumns, stateColumn } from "./storage-cells.tsx";
import type { ReplicaRow } from "./storage-rows.ts";

export function replicaColumns(rows: readonly ReplicaRow[], zone: Zone): readonly Column<ReplicaRow>[] {
  return [
    {
      id: "partition",
      header: "Partition",
      width: 92,
      sortValue: ({ partition }) => partition,
      cell: ({ partition, brokerId }) => (
        <>
          {partition}
          <span className="sr-only"> on broker {brokerId}</span>
        </>
      ),
    },
    {
      id: "broker",
      header: "Broker",
      width: 120,
      sortValue: ({ brokerId }) => brokerId,
      cell: ({ brokerId, leader }) => (
        <span className="flex items-center gap-2">
          {brokerId}
          {leader && <Tag>leader</Tag>}
        </span>
      ),
    },
    { ...stateColumn<ReplicaRow>(({ leader }) => (leader ? "" : "as the leader's"), "auto"), hideBelow: "md" },
    ...sizeColumns(rows, "As the broker tells it (DescribeLogDirs)"),
    {
      id: "segments",
      header: "Segments",
      width: 92,
      align: "right",
      hideBelow: "md",
      descendingFirst: true,
      sortValue: ({ segments }) => segments,
      cell: ({ segments }) => formatCount(segments),
    },
    {
      id: "oldest",
      header: `Oldest (${zone})`,
      headerShort: "Oldest",
      headerTitle: "Timestamp of the first message on disk",
      width: 148,
      align: "right",
      hideBelow: "lg",
      sortValue: ({ oldestMs }) => oldestMs,
      cell: ({ sizeBytes, oldestMs }) =>
        sizeBytes === 0n ? <span className="text-ink-3">empty</span> : <StoredTime ms={oldestMs} />,
    },
    {
      id: "frees",
      header: "Next check frees",
      headerShort: "Frees",
      headerTitle: "Segments that the broker's next retention check deletes",
      width: 132,
      align: "right",
      hideBelow: "md",
      descendingFirst: true,
      sortValue: ({ freesBytes }) => freesBytes,
      cell: ({ freesBytes }) => <Bytes value={freesBytes} />,
    },
  ];
}
