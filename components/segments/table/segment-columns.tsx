import { Info } from "lucide-react";
import type { Column } from "#components/ui/data-table-columns.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Bytes, Offset } from "#components/ui/quantity.tsx";
import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import type { Retention, Segment } from "#lib/contracts/segments.ts";
import { formatCount, plural } from "#lib/format.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { StoredTime } from "../stored-time.tsx";
import { codecText } from "./codec-text.ts";
import { CountCell } from "./count-cell.tsx";
import { IndexCell, IndexesCell, StateCell } from "./segment-cells.tsx";

interface SegmentColumnsOptions {
  readonly place: PartitionPlace;
  readonly broker: number;
  readonly retention: Retention | null;
  /** Of the greatest offset. */
  readonly digits: number;
  readonly zone: string;
  /** Shows all of a segment. */
  readonly onDetails: (baseOffset: string) => void;
}

/** Pixels of a digit of an offset, the gaps between its groups shared out; and what a cell has on both sides. */
const DIGIT_PX = 8;
const CELL_PX = 32;

/** What is counted of a segment loads with its row, so it doesn't sort. */
export function segmentColumns(options: SegmentColumnsOptions): readonly Column<Segment>[] {
  const { place, broker, retention, digits, zone, onDetails } = options;
  const counted = (show: (counts: SegmentCounts) => React.ReactNode) => (segment: Segment) => (
    <CountCell place={place} broker={broker} segment={segment}>
      {show}
    </CountCell>
  );
  return [
    {
      id: "baseOffset",
      header: "Base offset",
      headerTitle: "Of its first record: the name of its files",
      width: Math.max(112, CELL_PX + digits * DIGIT_PX),
      descendingFirst: true,
      sortValue: ({ baseOffset }) => BigInt(baseOffset),
      cell: ({ baseOffset }) => <Offset value={baseOffset} />,
    },
    {
      id: "last-offset",
      header: "Last offset",
      headerTitle: "Of the last record that is in it",
      width: Math.max(84, CELL_PX + digits * DIGIT_PX - 8),
      align: "right",
      hideBelow: "xl",
      descendingFirst: true,
      sortValue: ({ lastOffset }) => bigintOrNull(lastOffset),
      cell: ({ lastOffset, sizeBytes }) =>
        lastOffset === null && sizeBytes === "0" ? <None /> : <Offset value={lastOffset} />,
    },
    {
      id: "records",
      header: "Records",
      headerTitle: "By its batches' headers: without markers of transactions, and without what compaction took away",
      width: 72,
      align: "right",
      hideBelow: "xl",
      cell: counted(({ records }) => formatCount(records)),
    },
    {
      id: "batches",
      header: "Batches",
      headerTitle: "Records as they were sent together; those of markers included",
      width: 64,
      align: "right",
      hideBelow: "xl",
      cell: counted(({ batches, controlBatches, transactionalBatches }) => (
        <span title={`${formatCount(transactionalBatches)} transactional, ${formatCount(controlBatches)} control`}>
          {formatCount(batches)}
        </span>
      )),
    },
    {
      id: "size",
      header: "Size",
      headerTitle: "Of its log, without its indexes",
      width: 78,
      align: "right",
      descendingFirst: true,
      sortValue: ({ sizeBytes }) => BigInt(sizeBytes),
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
    {
      id: "indexes",
      header: "Indexes",
      headerTitle: "Bytes of its offset index and of its time index that are used",
      width: 134,
      align: "right",
      hideBelow: "2xl",
      cell: ({ offsetIndex, timeIndex }) => <IndexesCell offsetIndex={offsetIndex} timeIndex={timeIndex} />,
    },
    {
      id: "offset-index",
      header: "Offset index",
      headerTitle: "Entries that are used, and their bytes: each leads from an offset to a byte of the log",
      width: "auto",
      align: "right",
      hideBelow: "lg",
      descendingFirst: true,
      sortValue: ({ offsetIndex }) => offsetIndex?.entries ?? null,
      cell: ({ offsetIndex }) => <IndexCell index={offsetIndex} />,
    },
    {
      id: "time-index",
      header: "Time index",
      headerTitle: "Entries that are used, and their bytes: each leads from a timestamp to an offset",
      width: "auto",
      align: "right",
      hideBelow: "lg",
      descendingFirst: true,
      sortValue: ({ timeIndex }) => timeIndex?.entries ?? null,
      cell: ({ timeIndex }) => <IndexCell index={timeIndex} />,
    },
    {
      id: "first",
      header: `First, ${zone}`,
      headerTitle: `Timestamp of its first batch, ${zone}`,
      width: 92,
      hideBelow: "2xl",
      descendingFirst: true,
      sortValue: ({ firstTimestampMs }) => bigintOrNull(firstTimestampMs),
      cell: ({ firstTimestampMs }) => <StoredTime ms={firstTimestampMs} />,
    },
    {
      id: "largest",
      header: `Largest, ${zone}`,
      headerTitle: `Its largest timestamp, ${zone}: what retention.ms counts from`,
      width: 92,
      hideBelow: "md",
      descendingFirst: true,
      sortValue: ({ maxTimestampMs }) => bigintOrNull(maxTimestampMs),
      cell: ({ maxTimestampMs }) => <StoredTime ms={maxTimestampMs} />,
    },
    {
      id: "codecs",
      header: "Codecs",
      headerTitle: "How its batches are compressed",
      width: 114,
      hideBelow: "2xl",
      cell: counted(({ codecs }) => (
        <span
          title={codecs
            .map(({ codec, batches }) => `${codecText(codec)}: ${plural(batches, "batch", "batches")}`)
            .join("\n")}
        >
          {codecs.length === 0 ? <None /> : codecs.map(({ codec }) => codecText(codec)).join(", ")}
        </span>
      )),
    },
    {
      id: "aborted",
      header: "Aborted",
      headerTitle: "Aborted transactions that its .txnindex names",
      width: "auto",
      align: "right",
      hideBelow: "lg",
      descendingFirst: true,
      sortValue: ({ abortedTransactions }) => abortedTransactions,
      cell: ({ abortedTransactions }) => (abortedTransactions === null ? <None /> : formatCount(abortedTransactions)),
    },
    {
      id: "snapshot",
      header: "Producer snapshot",
      headerTitle:
        "Bytes of its .snapshot file: what the broker knew of producers when it began the segment; the first has none",
      width: "auto",
      align: "right",
      hideBelow: "lg",
      descendingFirst: true,
      sortValue: ({ producerSnapshotBytes }) => bigintOrNull(producerSnapshotBytes),
      cell: ({ producerSnapshotBytes }) =>
        producerSnapshotBytes === null ? <None /> : <Bytes value={producerSnapshotBytes} />,
    },
    {
      id: "state",
      header: "State",
      width: "auto",
      cell: (segment) => <StateCell segment={segment} retention={retention} />,
    },
    {
      id: "details",
      header: "All",
      headerTitle: "All that is known of a segment",
      width: 36,
      align: "right",
      cell: ({ baseOffset }) => (
        <IconButton
          label={`Segment ${baseOffset}: all of it`}
          size="sm"
          tooltip={false}
          className="ml-auto"
          onClick={() => onDetails(baseOffset)}
        >
          <Info aria-hidden strokeWidth={1.6} />
        </IconButton>
      ),
    },
  ];
}

function None() {
  return <span className="text-ink-3">none</span>;
}

function bigintOrNull(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
