"use client";
import { type SortingState, useTable } from "@tanstack/react-table";
import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import type { Route } from "next";
import { useLayoutEffect, useMemo, useRef } from "react";
import { cn } from "./cn.ts";
import { type Column, dataTableFeatures, hideBelowClass, type Sort, toColumnDefs } from "./data-table-columns.ts";
import { DataTableFoot } from "./data-table-foot.tsx";
import { DataTableHead } from "./data-table-head.tsx";
import { cellClass, DataTableRow, EdgeCell, type RowTone } from "./data-table-row.tsx";
import { useRowHeight } from "./row-height.ts";
import { SkeletonBar, useDelayed } from "./skeleton.tsx";
import { useDocumentTop } from "./use-document-top.ts";
import { useRowKeys } from "./use-row-keys.ts";

interface DataTableProps<Row extends object> {
  /** What the rows are, for assistive technology. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads; the first column becomes the link. */
  rowHref?: (row: Row) => Route;
  /** A click beside the link, or Space on it, does this; without it, a click anywhere follows the link. */
  onRowPress?: (row: Row) => void;
  /** The key of the row that is chosen: tinted, and where Tab and j lead. Nothing scrolls: it may have been chosen elsewhere on the page. */
  selected?: string | null;
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  /** Ids of columns the viewer hid. */
  hidden?: readonly string[];
  /** No rows yet: bars stand in for them, after 200 ms. */
  loading?: boolean;
  /** A last row that sums up, by column id; the first column names it. */
  foot?: Readonly<Record<string, React.ReactNode>>;
  /** The row that is the answer, where one is: tinted. */
  rowTone?: (row: Row) => RowTone | undefined;
  /** Instead of rows, when there are none: says why, and what to do. */
  empty?: React.ReactNode;
  /** CSS length the sticky head keeps from the top. */
  stickyTop?: string;
  className?: string;
}

const OVERSCAN = 12;
const SKELETON_ROWS = Array.from({ length: 14 }, (_, row) => `skeleton-${row}`);
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
    selected = null,
    empty,
  } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const top = useDocumentTop(body);
  const rowHeight = useRowHeight();
  const showSkeleton = useDelayed(loading);

  const definitions = useMemo(() => toColumnDefs(columns), [columns]);
  const sorting = useMemo<SortingState>(() => [sort], [sort]);
  const table = useTable({
    features: dataTableFeatures,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowKey,
    state: { sorting },
    enableSortingRemoval: false,
    onSortingChange: (update) => {
      const [next] = typeof update === "function" ? update(sorting) : update;
      if (next !== undefined) onSortChange(next);
    },
  });
  const shown = useMemo(
    () => columns.filter(({ id }, place) => place === 0 || !hidden.includes(id)),
    [columns, hidden],
  );
  const classes = useMemo(() => shown.map(cellClass), [shown]);
  const sorted = table.getRowModel().rows;
  const scroll = useRef<(index: number) => void>(() => {});
  const { activeIndex, onKeyDown, onRowFocus } = useRowKeys({
    body,
    rows: sorted,
    enabled: rowHref !== undefined,
    selected,
    scrollTo: (index) => scroll.current(index),
  });

  const virtualizer = useWindowVirtualizer({
    count: sorted.length,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: top === 0 ? 0 : rowHeight * 5,
    scrollPaddingEnd: rowHeight * 3,
    initialRect: FIRST_RECT,
    // The row that holds the focus stays in the document, however far one scrolls.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (sorted.length === 0 || indexes.includes(activeIndex)) return indexes;
      return [...indexes, activeIndex].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => {
    scroll.current = (index) => virtualizer.scrollToIndex(index);
    if (rowHeight > 0) virtualizer.measure();
  }, [rowHeight, virtualizer]);

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
                  <td key={column.id} className={classes[index]}>
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
            return [
              gap > 0.5 && <Spacer key={`before-${row.id}`} height={gap} />,
              <DataTableRow
                key={row.id}
                id={row.id}
                row={row.original}
                columns={shown}
                classes={classes}
                index={item.index}
                href={rowHref?.(row.original)}
                tabStop={item.index === activeIndex}
                onFocus={onRowFocus}
                onPress={props.onRowPress}
                selected={row.id === selected}
                tone={props.rowTone?.(row.original)}
              />,
            ];
          })}
          {virtualizer.getTotalSize() + top - end > 0.5 && sorted.length > 0 && (
            <Spacer height={virtualizer.getTotalSize() + top - end} />
          )}
        </tbody>
        {props.foot !== undefined && sorted.length > 0 && (
          <DataTableFoot columns={shown} cells={props.foot} classes={classes} />
        )}
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
