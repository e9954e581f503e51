import type { Route } from "next";
import Link from "next/link";
import type { Column } from "#components/ui/data-table-columns.ts";
import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import { Bytes, Offset, Unknown } from "#components/ui/quantity.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import type { PartitionDetail } from "#lib/contracts/topics.ts";
import { formatCount } from "#lib/format.ts";
import {
  behindTransaction,
  messagesIn,
  type PartitionState,
  partitionState,
  partitionStates,
} from "./partition-state.ts";
import { ReplicaList } from "./replica-list.tsx";

const stateWords: Record<PartitionState, { glyph: GlyphShape; word: string; className: string }> = {
  offline: { glyph: "octagon", word: "offline", className: "text-crit" },
  "under-min-isr": { glyph: "octagon", word: "under min ISR", className: "text-crit" },
  "under-replicated": { glyph: "triangle", word: "under-replicated", className: "text-warn" },
  "leader-moved": { glyph: "arrows", word: "leader moved", className: "text-info" },
  "in-sync": { glyph: "tick", word: "in sync", className: "text-ink-2" },
};

interface PartitionColumnsOptions {
  readonly minInSync: number | null;
  readonly largestBytes: bigint;
  /** Shows all of a partition: asked for where the window is too narrow for every column. */
  readonly onOpen: (partition: number) => void;
  /** Where a partition's messages are seen as they arrive. */
  readonly tailOf: (partition: number) => Route;
  /** What it is on the brokers' disks. */
  readonly segmentsOf: (partition: number) => Route;
}

export function partitionColumns({
  minInSync,
  largestBytes,
  onOpen,
  tailOf,
  segmentsOf,
}: PartitionColumnsOptions): readonly Column<PartitionDetail>[] {
  return [
    {
      id: "partition",
      header: "Partition",
      width: 100,
      sortValue: ({ partition }) => partition,
      cell: ({ partition }) => (
        <>
          <span className="mono max-lg:hidden">{partition}</span>
          <button
            type="button"
            className="link mono h-row min-w-hit pr-3 text-left lg:hidden"
            aria-label={`Partition ${partition}: all of it`}
            onClick={() => onOpen(partition)}
          >
            {partition}
          </button>
        </>
      ),
    },
    {
      id: "state",
      header: "State",
      width: 140,
      sortValue: (partition) => partitionStates.indexOf(partitionState(partition, minInSync)),
      cell: (partition) => <StateWord state={partitionState(partition, minInSync)} />,
    },
    {
      id: "leader",
      header: "Leader",
      width: 80,
      align: "right",
      hideBelow: "lg",
      sortValue: ({ leader }) => leader,
      cell: ({ leader, leaderEpoch }) =>
        leader === null ? (
          <span className="text-crit">none</span>
        ) : (
          <span title={leaderEpoch === null ? undefined : `leader epoch ${leaderEpoch}`}>{leader}</span>
        ),
    },
    {
      id: "replicas",
      header: "Replicas",
      headerTitle: "In the order of the assignment: the first is the preferred leader",
      width: "auto",
      sortValue: ({ isr, replicas }) => isr.length - replicas.length,
      cell: (partition) => <ReplicaList partition={partition} />,
    },
    {
      id: "logStartOffset",
      header: "Log start offset",
      width: "auto",
      align: "right",
      hideBelow: "lg",
      sortValue: ({ logStartOffset }) => bigintOrNull(logStartOffset),
      cell: ({ logStartOffset }) => <Offset value={logStartOffset} />,
    },
    {
      id: "lastStableOffset",
      header: "Last stable offset",
      headerTitle:
        "What read_committed consumers can read up to: behind the high watermark while a transaction is open",
      width: "auto",
      align: "right",
      hideBelow: "lg",
      sortValue: ({ lastStableOffset }) => bigintOrNull(lastStableOffset),
      cell: (partition) => <StableOffset partition={partition} />,
    },
    {
      id: "highWatermark",
      header: "High watermark",
      width: "auto",
      align: "right",
      hideBelow: "md",
      descendingFirst: true,
      sortValue: ({ highWatermark }) => bigintOrNull(highWatermark),
      cell: ({ highWatermark }) => <Offset value={highWatermark} />,
    },
    {
      id: "messages",
      header: "Messages",
      headerTitle: "High watermark − log start offset: an upper bound where compaction or transactions leave gaps",
      width: "auto",
      align: "right",
      hideBelow: "sm",
      descendingFirst: true,
      sortValue: messagesIn,
      cell: (partition) => {
        const messages = messagesIn(partition);
        return messages === null ? <Unknown /> : formatCount(messages);
      },
    },
    {
      id: "size",
      header: "Size",
      headerTitle: "Of the leader's replica",
      width: "auto",
      align: "right",
      hideBelow: "sm",
      descendingFirst: true,
      sortValue: ({ sizeBytes }) => bigintOrNull(sizeBytes),
      cell: ({ sizeBytes }) => (
        <span className="flex items-center justify-end gap-3">
          <span className="hidden w-16 xl:block">
            <ShareBar value={bigintOrNull(sizeBytes)} of={largestBytes} />
          </span>
          <Bytes value={sizeBytes} className="min-w-16" />
        </span>
      ),
    },
    {
      id: "segments",
      header: "Segments",
      headerTitle: "Its files on the brokers' disks",
      width: 84,
      align: "right",
      hideBelow: "lg",
      cell: ({ partition }) => (
        <Link
          href={segmentsOf(partition)}
          prefetch={false}
          className="link"
          aria-label={`Segments of partition ${partition}`}
        >
          Segments
        </Link>
      ),
    },
    {
      id: "tail",
      header: "Tail",
      headerTitle: "Its messages as they arrive",
      width: 64,
      align: "right",
      hideBelow: "md",
      cell: ({ partition }) => (
        <Link href={tailOf(partition)} className="link" aria-label={`Tail partition ${partition}`}>
          Tail
        </Link>
      ),
    },
  ];
}

function StateWord({ state }: { state: PartitionState }) {
  const { glyph, word, className } = stateWords[state];
  return (
    <span className={`flex items-center gap-1.5 ${className}`}>
      <Glyph shape={glyph} />
      {word}
    </span>
  );
}

function StableOffset({ partition }: { partition: PartitionDetail }) {
  const behind = behindTransaction(partition);
  if (behind === null || behind === 0n) return <Offset value={partition.lastStableOffset} />;
  const why = `A transaction is open: the last ${formatCount(behind)} offsets are not readable with read_committed`;
  return (
    <span className="flex items-center justify-end gap-1.5 text-info" title={why}>
      <Glyph shape="arrows" className="size-3" />
      <span className="sr-only">{why}.</span>
      <Offset value={partition.lastStableOffset} />
    </span>
  );
}

function bigintOrNull(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
