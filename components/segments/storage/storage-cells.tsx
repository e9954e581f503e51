import type { Column } from "#components/ui/data-table-columns.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes } from "#components/ui/quantity.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import type { StorageState } from "./replica-state.ts";

/** What is noteworthy, worst first when descending. @param rest what a row without anything is */
export function stateColumn<Row extends { readonly state: StorageState | null }>(
  rest: (row: Row) => string,
  width: number | "auto",
): Column<Row> {
  return {
    id: "state",
    header: "State",
    width,
    descendingFirst: true,
    sortValue: ({ state }) => state?.rank ?? 0,
    cell: (row) => {
      const { state } = row;
      if (state === null) return <span className="text-ink-3">{rest(row)}</span>;
      return (
        <span className="flex items-center gap-1.5" title={state.sentence}>
          <Glyph shape={state.glyph} className="shrink-0" />
          <span className="truncate">{state.word}</span>
          <span className="sr-only">: {state.sentence}</span>
        </span>
      );
    },
  };
}

export function sizeColumns<Row extends { readonly sizeBytes: bigint | null }>(
  rows: readonly Row[],
  title: string,
): readonly Column<Row>[] {
  const largest = rows.reduce((most, { sizeBytes }) => (sizeBytes !== null && sizeBytes > most ? sizeBytes : most), 0n);
  return [
    {
      id: "share",
      header: "Of the largest",
      width: 112,
      hideBelow: "xl",
      cell: ({ sizeBytes }) => <ShareBar value={sizeBytes} of={largest} />,
    },
    {
      id: "size",
      header: "Size",
      headerTitle: title,
      width: 108,
      align: "right",
      descendingFirst: true,
      sortValue: ({ sizeBytes }) => sizeBytes,
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} />,
    },
  ];
}
