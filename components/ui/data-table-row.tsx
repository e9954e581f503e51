"use client";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { memo } from "react";
import { cn } from "./cn.ts";
import { type Column, hideBelowClass } from "./data-table-columns.ts";

export type RowTone = "crit" | "warn";

interface DataTableRowProps<Row> {
  id: string;
  row: Row;
  columns: readonly Column<Row>[];
  /** By column, in their order. */
  classes: readonly string[];
  index: number;
  href: Route | undefined;
  /** Tab stops at this row. */
  tabStop: boolean;
  onFocus: (id: string, index: number) => void;
  /** Instead of following the link. */
  onPress: ((row: Row) => void) | undefined;
  selected: boolean;
  tone: RowTone | undefined;
}

const toneClass: Readonly<Record<RowTone, string>> = {
  crit: "[&>td]:bg-crit-bg",
  warn: "[&>td]:bg-warn-bg",
};

function PlainDataTableRow<Row>({
  id,
  row,
  columns,
  classes,
  index,
  href,
  tabStop,
  onFocus,
  onPress,
  selected,
  tone,
}: DataTableRowProps<Row>) {
  const router = useRouter();
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      className={cn(
        "group/row has-[[data-row-link]:focus-visible]:[&>td]:bg-accent-bg",
        selected ? "[&>td]:bg-accent-bg" : tone === undefined ? "hover:[&>td]:bg-hover" : toneClass[tone],
      )}
      {...(selected && { "aria-selected": true })}
      onClick={(event) => {
        if (opensElsewhere(event)) return;
        if (onPress !== undefined) onPress(row);
        else if (href !== undefined) router.push(href);
      }}
    >
      {columns.map((column, place) => (
        <td key={column.id} className={classes[place]}>
          {place === 0 && href !== undefined ? (
            <Link
              href={href}
              prefetch={false}
              data-row-link
              tabIndex={tabStop ? 0 : -1}
              onFocus={() => onFocus(id, index)}
              onKeyDown={(event) => {
                if (event.key !== " " || onPress === undefined) return;
                event.preventDefault();
                onPress(row);
              }}
              className="mono inline-block max-w-full truncate rounded-1 align-middle leading-[18px] group-hover/row:text-accent"
            >
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
      <EdgeCell />
    </tr>
  );
}

/** Drawn again only when its own row, place or focus changes: scrolling draws what comes into sight. */
export const DataTableRow = memo(PlainDataTableRow) as typeof PlainDataTableRow;

/** The row goes on to the window's edge, whichever column is the last in sight. */
export function EdgeCell() {
  return <td aria-hidden className="border-line border-b p-0" />;
}

export function cellClass<Row>(column: Column<Row>): string {
  return cn(
    "h-row truncate border-line border-b px-2.5 first:pl-gutter",
    column.align === "right" && "text-right",
    column.hideBelow && hideBelowClass[column.hideBelow],
  );
}

/** A click that is not "open here": on a link or button, with a modifier, or the end of selecting text. */
function opensElsewhere(event: React.MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return true;
  if (event.target instanceof Element && event.target.closest("a, button, input, label") !== null) return true;
  return (window.getSelection()?.toString().length ?? 0) > 0;
}
