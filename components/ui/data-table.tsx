"use client";
import { type SortingState, useTable } from "@tanstack/react-table";
import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { cn } from "./cn.ts";
import { type Column, dataTableFeatures, hideBelowClass, type Sort, toColumnDefs } from "./data-table-columns.ts";
import { DataTableHead } from "./data-table-head.tsx";
import { useSingleKey } from "./keys.ts";
import { useRowHeight } from "./row-height.ts";
import { SkeletonBar, useDelayed } from "./skeleton.tsx";

interface DataTableProps<Row extends object> {
  /** What the rows are, for assistive technology. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads; the first column becomes the link. */
  rowHref?: (row: Row) => Route;
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  /** Ids of columns the viewer hid. */
  hidden?: readonly string[];
  /** No rows yet: bars stand in for them, after 200 ms. */
  loading?: boolean;
  /** Instead of rows, when there are none: says why, and what to do. */
  empty?: React.ReactNode;
  /** CSS length the sticky head keeps from the top. */
  stickyTop?: string;
  className?: string;
}

const OVERSCAN = 12;
const SKELETON_ROWS = Array.from({ length: 14 }, (_, row) => `skeleton-${row}`);
const PAGE_OF_ROWS = 20;
/** What the server renders before a window's height is known. */
const FIRST_RECT = { width: 1280, height: 800 };
const noneHidden: readonly string[] = [];

/**
 * A long table in the page's own scroll: rows of one height, virtualised; the head sticks and sorts. Tab reaches one row,
 * arrows or j and k move, Enter opens, Home and End go to the ends.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    rowHref,
    sort,
    onSortChange,
    hidden = noneHidden,
    loading = false,
    empty,
  } = props;
  const router = useRouter();
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const [top, setTop] = useState(0);
  const rowHeight = useRowHeight();
  const showSkeleton = useDelayed(loading);

  const definitions = useMemo(() => toColumnDefs(columns), [columns]);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const sorting = useMemo<SortingState>(() => [sort], [sort]);
  const columnVisibility = useMemo(() => Object.fromEntries(hidden.map((id) => [id, false])), [hidden]);
  const table = useTable({
    features: dataTableFeatures,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowKey,
    state: { sorting, columnVisibility },
    enableSortingRemoval: false,
    onSortingChange: (update) => {
      const [next] = typeof update === "function" ? update(sorting) : update;
      if (next !== undefined) onSortChange(next);
    },
  });
  const shown = table.getVisibleLeafColumns().flatMap((column) => byId.get(column.id) ?? []);
  const sorted = table.getRowModel().rows;
  const activeIndex = Math.min(active, sorted.length - 1);

  useLayoutEffect(() => {
    const offset = body.current === null ? 0 : body.current.getBoundingClientRect().top + window.scrollY;
    setTop((current) => (Math.abs(current - offset) < 1 ? current : offset));
  });

  const virtualizer = useWindowVirtualizer({
    count: sorted.length,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: top === 0 ? 0 : rowHeight * 4,
    scrollPaddingEnd: rowHeight * 3,
    initialRect: FIRST_RECT,
    // The row that holds the focus stays in the document, however far one scrolls.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (activeIndex < 0 || indexes.includes(activeIndex)) return indexes;
      return [...indexes, activeIndex].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => {
    if (rowHeight > 0) virtualizer.measure();
  }, [rowHeight, virtualizer]);

  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(sorted.length - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(next);
    // The row may be rendered only after the scroll: try on the next two frames.
    const focus = () =>
      body.current
        ?.querySelector<HTMLElement>(`tr[data-index="${next}"] [data-row-link]`)
        ?.focus({ preventScroll: true });
    requestAnimationFrame(() => (focus() === undefined ? requestAnimationFrame(focus) : undefined));
  };
  const isInside = () => body.current?.contains(document.activeElement) === true;
  const step = (by: number) => focusRow(isInside() ? activeIndex + by : activeIndex);
  useSingleKey(rowHref === undefined || sorted.length === 0 ? {} : { j: () => step(1), k: () => step(-1) });

  const onKeyDown = (event: React.KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + PAGE_OF_ROWS,
      PageUp: activeIndex - PAGE_OF_ROWS,
      Home: 0,
      End: sorted.length - 1,
    };
    const next = moves[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    focusRow(next);
  };

  const items = virtualizer.getVirtualItems();
  let end = top;
  return (
    <>
      <table
        aria-label={label}
        aria-rowcount={loading ? -1 : sorted.length + 1}
        aria-busy={loading}
        className={cn("w-full table-fixed border-separate border-spacing-0 text-left", props.className)}
      >
        <colgroup>
          {shown.map((column) => (
            <col
              key={column.id}
              className={column.hideBelow && hideBelowClass[column.hideBelow]}
              {...(column.width !== "auto" && { style: { width: column.width } })}
            />
          ))}
          <col className="w-[calc(var(--gutter)-10px)]" />
        </colgroup>
        <DataTableHead columns={shown} sort={sort} onSortChange={onSortChange} stickyTop={props.stickyTop} />
        <tbody ref={body} onKeyDown={onKeyDown}>
          {showSkeleton &&
            SKELETON_ROWS.map((row) => (
              <tr key={row} aria-hidden>
                {shown.map((column, index) => (
                  <td key={column.id} className={cellClass(column)}>
                    <SkeletonBar className={index === 0 ? "w-40" : undefined} />
                  </td>
                ))}
                <EdgeCell />
              </tr>
            ))}
          {items.flatMap((item) => {
            const row = sorted[item.index];
            if (row === undefined) return [];
            const gap = item.start - end;
            end = item.end;
            const href = rowHref?.(row.original);
            return [
              gap > 0.5 && <Spacer key={`before-${row.id}`} height={gap} />,
              <tr
                key={row.id}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                className="group/row hover:[&>td]:bg-hover has-[[data-row-link]:focus-visible]:[&>td]:bg-accent-bg"
                onClick={(event) => {
                  if (href === undefined || opensElsewhere(event)) return;
                  router.push(href);
                }}
              >
                {shown.map((column, index) => (
                  <td key={column.id} className={cellClass(column)}>
                    {index === 0 && href !== undefined ? (
                      <Link
                        href={href}
                        prefetch={false}
                        data-row-link
                        tabIndex={item.index === Math.max(0, activeIndex) ? 0 : -1}
                        onFocus={() => setActive(item.index)}
                        className="mono inline-block max-w-full truncate rounded-1 align-middle leading-[18px] group-hover/row:text-accent"
                      >
                        {column.cell(row.original)}
                      </Link>
                    ) : (
                      column.cell(row.original)
                    )}
                  </td>
                ))}
                <EdgeCell />
              </tr>,
            ];
          })}
          {virtualizer.getTotalSize() + top - end > 0.5 && sorted.length > 0 && (
            <Spacer height={virtualizer.getTotalSize() + top - end} />
          )}
        </tbody>
      </table>
      {!loading && sorted.length === 0 && <div className="px-gutter py-8">{empty}</div>}
    </>
  );
}

/** Stands for the rows that are not rendered. One cell: a span over columns that CSS hides would add columns. */
function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td className="p-0" />
    </tr>
  );
}

/** The row goes on to the window's edge, whichever column is the last in sight. */
function EdgeCell() {
  return <td aria-hidden className="border-line border-b p-0" />;
}

function cellClass<Row>(column: Column<Row>): string {
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
