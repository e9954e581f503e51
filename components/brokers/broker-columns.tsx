import type { Column } from "#components/ui/data-table-columns.ts";
import { DiskBar } from "#components/ui/disk-bar.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes, Unknown } from "#components/ui/quantity.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { formatCount } from "#lib/format.ts";
import { BrokerProcessButton } from "./broker-process-button.tsx";
import { BrokerState } from "./broker-state.tsx";

const STATE_ORDER = { down: 0, fenced: 1, up: 2 } as const;

/** @param local with the buttons that stop and start a broker's process */
export function brokerColumns(cluster: string, local: boolean): readonly Column<BrokerSummary>[] {
  const columns: Column<BrokerSummary>[] = [
    {
      id: "id",
      header: "Broker",
      width: 92,
      sortValue: ({ id }) => id,
      cell: ({ id }) => id,
    },
    {
      id: "state",
      header: "State",
      width: 124,
      sortValue: ({ state }) => STATE_ORDER[state],
      cell: (broker) => <BrokerState broker={broker} />,
    },
    {
      id: "host",
      header: "Host",
      width: 172,
      hideBelow: "lg",
      sortValue: ({ host, port }) => (host === null ? null : `${host}:${port ?? ""}`),
      cell: ({ host, port }) =>
        host === null ? (
          <Unknown why="nobody tells its address" />
        ) : (
          <span className="mono">{`${host}:${port ?? "?"}`}</span>
        ),
    },
    {
      id: "rack",
      header: "Rack",
      width: 96,
      hideBelow: "xl",
      sortValue: ({ rack }) => rack,
      cell: ({ rack }) => (rack === null ? <span className="text-ink-3">none</span> : rack),
    },
    {
      id: "controller",
      header: "Role",
      width: 104,
      hideBelow: "xl",
      sortValue: ({ isController }) => !isController,
      cell: ({ isController }) => isController && <Tag>controller</Tag>,
    },
    {
      id: "leaders",
      header: "Leaders",
      headerTitle: "Partitions it leads",
      width: 88,
      hideBelow: "md",
      align: "right",
      descendingFirst: true,
      sortValue: ({ leaderCount }) => leaderCount,
      cell: ({ leaderCount }) => formatCount(leaderCount),
    },
    {
      id: "replicas",
      header: "Replicas",
      width: 88,
      hideBelow: "md",
      align: "right",
      descendingFirst: true,
      sortValue: ({ replicaCount }) => replicaCount,
      cell: ({ replicaCount }) => formatCount(replicaCount),
    },
    {
      id: "out-of-sync",
      header: "Out of sync",
      headerTitle: "Replicas it holds that are not in sync",
      width: 104,
      align: "right",
      descendingFirst: true,
      sortValue: ({ outOfSyncCount }) => outOfSyncCount,
      cell: ({ outOfSyncCount }) =>
        outOfSyncCount === 0 ? (
          "0"
        ) : (
          <span className="flex items-center justify-end gap-1.5 text-warn">
            <Glyph shape="triangle" />
            {formatCount(outOfSyncCount)}
          </span>
        ),
    },
    {
      id: "size",
      header: "Size",
      headerTitle: "Of all its replicas",
      width: 100,
      hideBelow: "lg",
      align: "right",
      descendingFirst: true,
      sortValue: ({ sizeBytes }) => (sizeBytes === null ? null : BigInt(sizeBytes)),
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
    {
      id: "disk",
      header: "Disk used · mark at 85%",
      headerTitle: "The fullest disk of the broker",
      width: "auto",
      hideBelow: "sm",
      descendingFirst: true,
      sortValue: ({ diskUsedPercent }) => diskUsedPercent,
      cell: (broker) => <DiskCell broker={broker} />,
    },
  ];
  if (!local) return columns;
  return [
    ...columns,
    {
      id: "process",
      header: "Process",
      width: 164,
      hideBelow: "lg",
      align: "right",
      cell: (broker) => <BrokerProcessButton cluster={cluster} broker={broker} tone="quiet" className="-mr-2.5 h-6" />,
    },
  ];
}

function DiskCell({ broker }: { broker: BrokerSummary }) {
  const { diskUsedPercent: percent } = broker;
  return (
    <span className="flex items-center gap-3">
      <DiskBar percent={percent} stale={broker.state !== "up"} className="max-w-60" />
      <span className="w-9 shrink-0 text-right">{percent === null ? <Unknown /> : `${percent}%`}</span>
    </span>
  );
}
