import { cn } from "#components/ui/cn.ts";
import { type Column, hideBelowClass } from "#components/ui/data-table-columns.ts";
import { Bytes, Offset, Unknown } from "#components/ui/quantity.tsx";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { Zone } from "#lib/time.ts";
import { storedTime, storedTimeAfter } from "../stored-moment.ts";
import { CodecCell, CrcCell, KindCell, OffsetsCell, ProducerCell, RecordsCell } from "./batch-cells.tsx";

type Below = NonNullable<Column<StoredBatch>["hideBelow"]>;

/** KIP-534. */
const noFirstTime = "none, or the cleaner keeps there from when on tombstones may go";

/** There is no room for these beside an open batch, which tells them itself. */
const onlyAlone = new Set(["largest", "clock", "producer", "sequence", "leaderEpoch"]);

/** From which width on a column has room beside an open batch. */
const fromClass = { sm: "sm:hidden", md: "md:hidden", lg: "lg:hidden", xl: "xl:hidden", "2xl": "2xl:hidden" } as const;

/**
 * The columns that an open batch takes the room of, each with the widths at which it does: those at which it would be there.
 * @param hidden columns that the viewer hid
 */
export function withoutRoom(
  zone: Zone,
  hidden: readonly string[],
): readonly { readonly id: string; readonly header: React.ReactNode; readonly className: string }[] {
  const beside = new Map(batchColumns({ zone, beside: true }).map(({ id, hideBelow }) => [id, hideBelow]));
  return batchColumns({ zone, beside: false }).flatMap(({ id, header, hideBelow }) => {
    const stays = beside.get(id);
    if (hidden.includes(id) || (beside.has(id) && (stays === undefined || stays === hideBelow))) return [];
    return [{ id, header, className: cn(hideBelow && hideBelowClass[hideBelow], stays && fromClass[stays]) }];
  });
}

/** @param beside a batch is open beside the table, which leaves less room for it */
export function batchColumns({ zone, beside }: { zone: Zone; beside: boolean }): readonly Column<StoredBatch>[] {
  /** From which width on there is room: alone, and beside an open batch. */
  const from = (alone: Below, besideOne: Below) => ({ hideBelow: beside ? besideOne : alone });
  const columns: readonly Column<StoredBatch>[] = [
    {
      id: "position",
      header: "Position",
      headerTitle: "Byte of the file that the batch begins at",
      width: 124,
      cell: ({ position }) => <Offset value={position} />,
    },
    {
      id: "offsets",
      header: "Offsets",
      headerTitle: "The first and the last",
      width: "auto",
      cell: (batch) => <OffsetsCell batch={batch} />,
    },
    {
      id: "records",
      header: "Records",
      headerTitle: "As its header counts them; of a marker: the marker itself",
      width: 76,
      align: "right",
      cell: (batch) => <RecordsCell batch={batch} />,
    },
    {
      id: "size",
      header: "Size",
      headerTitle: "As stored, its header of 61 bytes included",
      width: 88,
      align: "right",
      ...from("sm", "lg"),
      cell: ({ sizeBytes }) => <Bytes value={String(sizeBytes)} />,
    },
    {
      id: "codec",
      header: "Codec",
      headerTitle: "And how many times larger its records are when unpacked",
      width: 114,
      ...from("md", "lg"),
      cell: (batch) => <CodecCell batch={batch} />,
    },
    {
      id: "kind",
      header: "Kind",
      width: 108,
      ...from("sm", "lg"),
      cell: (batch) => <KindCell batch={batch} />,
    },
    {
      id: "first",
      header: `First, ${zone}`,
      headerTitle: "Timestamp of its first record",
      width: 188,
      ...from("lg", "2xl"),
      cell: ({ baseTimestampMs }) => storedTime(baseTimestampMs, zone) ?? <Unknown why={noFirstTime} />,
    },
    {
      id: "largest",
      header: "Largest",
      headerTitle: "The largest timestamp in it; with the day where it isn't the first one's",
      width: 112,
      hideBelow: "xl",
      cell: ({ baseTimestampMs, maxTimestampMs }) => (
        <span title={storedTime(maxTimestampMs, zone) ?? undefined}>
          {storedTimeAfter(maxTimestampMs, baseTimestampMs, zone) ?? <Unknown />}
        </span>
      ),
    },
    {
      id: "clock",
      header: "Clock",
      headerTitle: "create: timestamps of the producer (CreateTime). append: of the broker (LogAppendTime)",
      width: 66,
      hideBelow: "2xl",
      cell: ({ timestampType }) => timestampType ?? <Unknown />,
    },
    {
      id: "producer",
      header: "Producer",
      headerTitle: "Producer id and epoch, of idempotent and transactional producers",
      width: 112,
      hideBelow: "xl",
      cell: (batch) => <ProducerCell batch={batch} />,
    },
    {
      id: "sequence",
      header: "Sequence",
      headerTitle: "Of its first record",
      width: 82,
      align: "right",
      hideBelow: "2xl",
      cell: ({ baseSequence }) =>
        baseSequence === null || baseSequence < 0 ? (
          <span className="text-ink-3">none</span>
        ) : (
          <span className="mono">{baseSequence}</span>
        ),
    },
    {
      id: "leaderEpoch",
      header: "Epoch",
      headerTitle: "Leader epoch: of the leader that wrote it",
      width: 62,
      align: "right",
      hideBelow: "2xl",
      cell: ({ leaderEpoch }) => leaderEpoch ?? <Unknown />,
    },
    {
      id: "crc",
      header: "CRC-32C",
      headerTitle: "As stored, and whether the bytes still give it",
      width: 166,
      ...from("lg", "xl"),
      cell: (batch) => <CrcCell batch={batch} />,
    },
  ];
  return beside ? columns.filter(({ id }) => !onlyAlone.has(id)) : columns;
}
