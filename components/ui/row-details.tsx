"use client";
import type { Column } from "./data-table-columns.ts";
import { Dialog } from "./dialog.tsx";

interface RowDetailsProps<Row> {
  title: React.ReactNode;
  description: React.ReactNode;
  /** Those of the table: a narrow window has no room for all of them. */
  columns: readonly Column<Row>[];
  row: Row;
  /** Ids of columns that the title says already, or that only lead on. */
  without: readonly string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The ways on from it. */
  actions?: React.ReactNode;
  /** `DetailLine`s of what isn't in the table. */
  children?: React.ReactNode;
}

/** Everything that is known of one row of a table, a value a line, with what each one is. */
export function RowDetails<Row>({
  title,
  description,
  columns,
  row,
  without,
  open,
  onOpenChange,
  actions,
  children,
}: RowDetailsProps<Row>) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description} closeFirst>
      <dl className="pb-1">
        {columns
          .filter(({ id }) => !without.includes(id))
          .map(({ id, header, headerTitle, cell }) => (
            <DetailLine key={id} term={header} what={headerTitle}>
              {cell(row)}
            </DetailLine>
          ))}
        {children}
      </dl>
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-end gap-2 pb-1">{actions}</div>}
    </Dialog>
  );
}

interface DetailLineProps {
  term: React.ReactNode;
  /** What the value is, exactly. */
  what?: string | undefined;
  children: React.ReactNode;
}

/** One value of a list of details, in a `dl`. */
export function DetailLine({ term, what, children }: DetailLineProps) {
  return (
    <div className="flex items-baseline justify-between gap-x-4 border-line border-t py-1.5 first:border-t-0">
      <dt className="min-w-0">
        {term}
        {what !== undefined && <span className="block text-pretty text-12 text-ink-3 leading-4">{what}</span>}
      </dt>
      <dd className="max-w-[62%] shrink-0 text-right [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
