"use client";
import { memo, useMemo, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { type Column, hideBelowClass } from "#components/ui/data-table-columns.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Table } from "#components/ui/table.tsx";
import { useRowKeys } from "#components/ui/use-row-keys.ts";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { damageWords } from "../damage-words.ts";
import { holdsOffset, isWrong, type PageRow } from "./batch-rows.ts";

interface BatchTableProps {
  label: string;
  columns: readonly Column<StoredBatch>[];
  rows: readonly PageRow[];
  /** The batch that is open: its position. */
  open: string | null;
  /** The offset that was looked for: the batch that holds it is marked. */
  sought: string | null;
  /** j and k move here. */
  takesKeys: boolean;
  onOpen: (batch: StoredBatch) => void;
}

/**
 * A page of batches in the order of the file, with what is damaged in its place. Tab reaches one batch, arrows or j and k
 * move, Enter opens.
 */
export function BatchTable({ label, columns, rows, open, sought, takesKeys, onOpen }: BatchTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const keyed = useMemo(
    () => rows.flatMap((row) => (row.kind === "batch" && isReadable(row.batch) ? [{ id: row.batch.position }] : [])),
    [rows],
  );
  const { activeIndex, onKeyDown, onRowFocus } = useRowKeys({
    body,
    rows: keyed,
    enabled: takesKeys,
    selected: null,
    scrollTo: (index) => body.current?.querySelector(`tr[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" }),
  });
  const always = columns.filter(({ hideBelow }) => hideBelow === undefined).length;
  let next = 0;
  return (
    <Table label={label} className="table-fixed">
      <colgroup>
        {columns.map(({ id, width, hideBelow }) => (
          <col
            key={id}
            className={hideBelow && hideBelowClass[hideBelow]}
            {...(width !== "auto" && { style: { width } })}
          />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              title={column.headerTitle}
              className={cn(
                "sticky top-bar z-10 h-row-head truncate border-line-strong border-y bg-sunken px-2.5 font-nav text-12 text-ink-2 first:pl-gutter last:pr-gutter",
                column.align === "right" && "text-right",
                column.hideBelow && hideBelowClass[column.hideBelow],
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {rows.map((row) => {
          if (row.kind === "damage")
            return <DamageRow key={keyOf(row.damage)} damage={row.damage} columns={columns} always={always} />;
          const index = isReadable(row.batch) ? next++ : null;
          return (
            <BatchRow
              key={row.batch.position}
              batch={row.batch}
              damage={row.damage}
              columns={columns}
              always={always}
              index={index}
              tabStop={index === activeIndex}
              open={row.batch.position === open}
              sought={sought !== null && holdsOffset(row.batch, sought)}
              onFocus={onRowFocus}
              onOpen={onOpen}
            />
          );
        })}
      </tbody>
    </Table>
  );
}

interface BatchRowProps {
  batch: StoredBatch;
  damage: readonly SegmentDamage[];
  columns: readonly Column<StoredBatch>[];
  always: number;
  /** Among those that can be opened; null: this one can't. */
  index: number | null;
  tabStop: boolean;
  open: boolean;
  sought: boolean;
  onFocus: (id: string, index: number) => void;
  onOpen: (batch: StoredBatch) => void;
}

const BatchRow = memo(function BatchRow(props: BatchRowProps) {
  const { batch, damage, columns, always, index, tabStop, open, sought, onFocus, onOpen } = props;
  const wrong = damage.some(isWrong);
  return (
    <>
      <tr
        {...(index !== null && { "data-index": index })}
        data-position={batch.position}
        aria-current={open || undefined}
        className={cn(
          "group/row scroll-mt-[calc(var(--bar)+var(--row-head)+8px)] scroll-mb-24 has-[[data-row-link]:focus-visible]:[&>td]:bg-accent-bg",
          // Opened, it is damaged all the same: the bar at its left says that it is open.
          wrong ? "[&>td]:bg-crit-bg" : open || sought ? "[&>td]:bg-accent-bg" : "hover:[&>td]:bg-hover",
          open && "[&>td:first-child]:shadow-[inset_3px_0_0_var(--accent)]",
        )}
        onClick={(event) => {
          if (index === null || !isPlainClick(event)) return;
          event.currentTarget.querySelector<HTMLElement>("[data-row-link]")?.focus({ preventScroll: true });
          onOpen(batch);
        }}
      >
        {columns.map((column, place) => (
          <td key={column.id} className={cellClass(column)}>
            {place === 0 && index !== null ? (
              <button
                type="button"
                data-row-link
                tabIndex={tabStop ? 0 : -1}
                onFocus={() => onFocus(batch.position, index)}
                onClick={() => onOpen(batch)}
                className="inline-block h-hit min-w-hit max-w-full truncate rounded-1 text-left align-middle group-hover/row:text-accent"
              >
                <span className="sr-only">Batch at byte </span>
                {column.cell(batch)}
              </button>
            ) : (
              column.cell(batch)
            )}
          </td>
        ))}
      </tr>
      {damage.map((one) => (
        <DamageRow key={keyOf(one)} damage={one} columns={columns} always={always} />
      ))}
    </>
  );
});

/** Something wrong, in its place. Its sentence has the columns that never leave; a span over others would bring them back. */
function DamageRow({
  damage,
  columns,
  always,
}: {
  damage: SegmentDamage;
  columns: readonly Column<StoredBatch>[];
  always: number;
}) {
  const leaving = columns.filter(({ hideBelow }) => hideBelow !== undefined);
  const remark = !isWrong(damage);
  return (
    <tr className={cn("[&>td]:border-line [&>td]:border-b", remark ? "[&>td]:bg-sunken" : "[&>td]:bg-crit-bg")}>
      <td colSpan={always} className="py-1.5 pr-2.5 pl-gutter">
        {/* As wide as the table: what is right of the span is empty. */}
        <span className="flex w-[min(116ch,calc(100cqw-2*var(--gutter)))] items-start gap-2">
          <Glyph shape={remark ? "note" : "octagon"} className="mt-[3px] shrink-0" />
          <span className="min-w-0 text-pretty">
            <b className="font-strong">{damageWords[damage.kind]}.</b>{" "}
            <span className="text-ink-2">{damage.detail}</span>
          </span>
        </span>
      </td>
      {leaving.map(({ id, hideBelow }) => (
        <td key={id} className={hideBelow && hideBelowClass[hideBelow]} />
      ))}
    </tr>
  );
}

function cellClass(column: Column<StoredBatch>): string {
  return cn(
    "h-row truncate border-line border-b px-2.5 first:pl-gutter last:pr-gutter",
    column.align === "right" && "text-right",
    column.hideBelow && hideBelowClass[column.hideBelow],
  );
}

function keyOf({ file, position, kind, detail }: SegmentDamage): string {
  return `${file} ${position} ${kind} ${detail}`;
}

/** Old formats have no offsets that could be asked for. */
function isReadable({ baseOffset }: StoredBatch): boolean {
  return baseOffset !== null;
}

/** Not on a button, which acts itself, nor the end of selecting text. */
function isPlainClick(event: React.MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0) return false;
  if (event.target instanceof Element && event.target.closest("a, button") !== null) return false;
  return (window.getSelection()?.toString().length ?? 0) === 0;
}
