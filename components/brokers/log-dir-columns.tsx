import Link from "next/link";
import type { Column } from "#components/ui/data-table-columns.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes } from "#components/ui/quantity.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatCount } from "#lib/format.ts";
import { topicHref } from "#lib/hrefs.ts";
import type { ReplicaInLogDir, TopicInLogDir } from "./log-dir-rows.ts";

/** @param several with the log dir, when the broker has more than one */
export function topicInLogDirColumns(
  cluster: string,
  several: boolean,
  largest: bigint,
): readonly Column<TopicInLogDir>[] {
  return [
    {
      id: "topic",
      header: "Topic",
      width: "auto",
      sortValue: ({ topic }) => topic,
      cell: ({ topic }) => <TopicLink cluster={cluster} topic={topic} />,
    },
    ...(several ? [logDirColumn<TopicInLogDir>()] : []),
    {
      id: "replicas",
      header: "Replicas",
      width: 96,
      align: "right",
      descendingFirst: true,
      sortValue: ({ replicas }) => replicas,
      cell: ({ replicas }) => formatCount(replicas),
    },
    {
      id: "behind",
      header: "Most behind",
      headerTitle: "Messages the furthest replica is behind its leader's high watermark",
      width: 136,
      align: "right",
      hideBelow: "sm",
      descendingFirst: true,
      sortValue: ({ mostBehind }) => mostBehind,
      cell: ({ mostBehind }) => <Behind messages={mostBehind} />,
    },
    ...sizeColumns<TopicInLogDir>(largest),
  ];
}

export function replicaInLogDirColumns(
  cluster: string,
  several: boolean,
  largest: bigint,
): readonly Column<ReplicaInLogDir>[] {
  return [
    {
      id: "topic",
      header: "Partition",
      width: "auto",
      sortValue: ({ topic, partition }) => `${topic}\u0000${String(partition).padStart(10, "0")}`,
      cell: ({ topic, partition, isFuture }) => (
        <span className="flex min-w-0 items-center gap-2">
          <TopicLink cluster={cluster} topic={topic} suffix={`-${partition}`} />
          {isFuture && <Tag>moving here</Tag>}
        </span>
      ),
    },
    ...(several ? [logDirColumn<ReplicaInLogDir>()] : []),
    {
      id: "behind",
      header: "Behind",
      headerTitle: "Messages behind the leader's high watermark; for a replica that is moving, behind the current one",
      width: 136,
      align: "right",
      descendingFirst: true,
      sortValue: ({ behind }) => behind,
      cell: ({ behind }) => <Behind messages={behind} />,
    },
    ...sizeColumns<ReplicaInLogDir>(largest),
  ];
}

function TopicLink({ cluster, topic, suffix = "" }: { cluster: string; topic: string; suffix?: string }) {
  return (
    <Link href={topicHref(cluster, topic)} prefetch={false} className="mono truncate hover:text-accent hover:underline">
      {topic}
      {suffix}
    </Link>
  );
}

function Behind({ messages }: { messages: bigint }) {
  if (messages === 0n) return "0";
  return (
    <span className="flex items-center justify-end gap-1.5 text-warn">
      <Glyph shape="triangle" />
      {formatCount(messages)}
    </span>
  );
}

function logDirColumn<Row extends { readonly logDir: string }>(): Column<Row> {
  return {
    id: "log-dir",
    header: "Log dir",
    width: 220,
    hideBelow: "md",
    sortValue: ({ logDir }) => logDir,
    cell: ({ logDir }) => (
      <span className="mono" title={logDir}>
        {logDir}
      </span>
    ),
  };
}

function sizeColumns<Row extends { readonly sizeBytes: bigint }>(largest: bigint): readonly Column<Row>[] {
  return [
    {
      id: "size",
      header: "Size",
      width: 104,
      align: "right",
      descendingFirst: true,
      sortValue: ({ sizeBytes }) => sizeBytes,
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
    {
      id: "share",
      header: "Of the largest",
      width: 132,
      hideBelow: "lg",
      cell: ({ sizeBytes }) => <ShareBar value={sizeBytes} of={largest} />,
    },
  ];
}
