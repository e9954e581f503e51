import { cn } from "#components/ui/cn.ts";
import type { Column } from "#components/ui/data-table-columns.ts";
import { Bytes } from "#components/ui/quantity.tsx";
import { formatCount } from "#lib/format.ts";
import type { Zone } from "#lib/time.ts";
import { StoredTime } from "../stored-time.tsx";
import { sizeColumns, stateColumn } from "./storage-cells.tsx";
import type { Replica } from "./storage-model.ts";
import type { PartitionRow } from "./storage-rows.ts";

/** More replicas than this are counted. */
const MAX_SHOWN = 4;

export function partitionColumns(rows: readonly PartitionRow[], zone: Zone): readonly Column<PartitionRow>[] {
  return [
    {
      id: "partition",
      header: "Partition",
      width: 92,
      sortValue: ({ partition }) => partition,
      cell: ({ partition }) => partition,
    },
    stateColumn(({ replicas }) => (replicas.length === 1 ? "one replica" : "replicas alike"), 148),
    ...sizeColumns(rows, "Of the leader's replica"),
    {
      id: "replicas",
      header: "Replicas by broker",
      headerTitle: "The leader first, in bold",
      width: "auto",
      hideBelow: "lg",
      cell: ({ replicas }) => <Replicas replicas={replicas} />,
    },
    {
      id: "segments",
      header: "Segments",
      headerTitle: "Of the leader's replica, or of one whose files are read here",
      width: 92,
      align: "right",
      hideBelow: "md",
      descendingFirst: true,
      sortValue: ({ read }) => read?.segments ?? null,
      cell: ({ read }) => formatCount(read?.segments),
    },
    {
      id: "oldest",
      header: `Oldest (${zone})`,
      headerShort: "Oldest",
      headerTitle: "Timestamp of the first message on disk",
      width: 148,
      align: "right",
      hideBelow: "sm",
      sortValue: ({ read }) => read?.oldestMs ?? null,
      cell: ({ read }) => (read?.sizeBytes === 0n ? <Empty /> : <StoredTime ms={read?.oldestMs ?? null} />),
    },
    {
      id: "frees",
      header: "Next check frees",
      headerShort: "Frees",
      headerTitle: "Segments that the brokers' next retention check deletes, all replicas together",
      width: 132,
      align: "right",
      hideBelow: "md",
      descendingFirst: true,
      sortValue: ({ frees }) => frees.bytes,
      cell: ({ frees }) => <Bytes value={frees.bytes} atLeast={frees.isLowerBound && frees.bytes !== null} />,
    },
  ];
}

function Empty() {
  return <span className="text-ink-3">empty</span>;
}

function Replicas({ replicas }: { replicas: readonly Replica[] }) {
  const rest = replicas.length - MAX_SHOWN;
  return (
    <ul className="flex gap-x-4 overflow-hidden">
      {replicas.slice(0, MAX_SHOWN).map(({ brokerId, leader, sizeBytes }) => (
        <li key={brokerId} className="flex gap-1.5 whitespace-nowrap">
          <span className={cn("mono", leader ? "font-strong" : "text-ink-3")}>
            <span className="sr-only">Broker </span>
            {brokerId}
            {leader && <span className="sr-only">, leads</span>}
          </span>
          <Bytes value={sizeBytes} />
        </li>
      ))}
      {rest > 0 && <li className="text-ink-3">+{rest}</li>}
    </ul>
  );
}
