"use client";
import { ChevronDown, ChevronUp } from "lucide-react";
import { cn } from "./cn.ts";
import { type Column, hideBelowClass, type Sort } from "./data-table-columns.ts";

interface DataTableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  stickyTop: string | undefined;
}

/** Sticks below the bar; a column that sorts is a button, and says how it sorts. */
export function DataTableHead<Row>({ columns, sort, onSortChange, stickyTop = "var(--bar)" }: DataTableHeadProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const sorted = sort.id === column.id;
          const Arrow = sort.desc ? ChevronDown : ChevronUp;
          const right = column.align === "right";
          return (
            <th
              key={column.id}
              scope="col"
              title={column.headerTitle}
              {...(sorted && { "aria-sort": sort.desc ? ("descending" as const) : ("ascending" as const) })}
              className={cn(
                "sticky z-10 h-row-head whitespace-nowrap border-line-strong border-y bg-sunken px-2.5 font-nav text-12 text-ink-2 first:pl-gutter",
                right && "text-right",
                sorted && "font-strong text-ink",
                column.hideBelow && hideBelowClass[column.hideBelow],
              )}
              style={{ top: stickyTop }}
            >
              {column.sortValue === undefined ? (
                <HeadText column={column} />
              ) : (
                <button
                  type="button"
                  className={cn(
                    "inline-flex h-6 max-w-full items-center gap-0.5 rounded-1 align-middle hover:text-ink",
                    right && "flex-row-reverse",
                  )}
                  onClick={() =>
                    onSortChange({ id: column.id, desc: sorted ? !sort.desc : (column.descendingFirst ?? false) })
                  }
                >
                  <HeadText column={column} />
                  {sorted && <Arrow aria-hidden className="size-3" strokeWidth={2} />}
                </button>
              )}
            </th>
          );
        })}
        <td aria-hidden className="sticky z-10 border-line-strong border-y bg-sunken p-0" style={{ top: stickyTop }} />
      </tr>
    </thead>
  );
}

function HeadText({ column }: { column: Pick<Column<never>, "header" | "headerShort"> }) {
  if (column.headerShort === undefined) return <span className="truncate">{column.header}</span>;
  return (
    <>
      <span className="truncate max-md:hidden">{column.header}</span>
      <span className="truncate md:hidden">{column.headerShort}</span>
    </>
  );
}
