"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { cn } from "#components/ui/cn.ts";
import { useNow } from "#components/ui/now.tsx";
import { useRowHeight } from "#components/ui/row-height.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { useDocumentTop } from "#components/ui/use-document-top.ts";
import type { OffsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";
import { formatCount, plural } from "#lib/format.ts";
import { hiddenColumns, MoveRow, stickyCell } from "./move-row.tsx";
import { partitionKey } from "./plan-moves.ts";

interface MovesTableProps {
  plan: OffsetPlan;
  /** Those of the plan's that are shown. */
  moves: readonly PlannedMove[];
  /** What a partition holds since the plan was made, where that is something else. */
  drift: ReadonlyMap<string, string | null>;
  /** Null: nothing can be set by hand. */
  onEdit: ((move: PlannedMove, offset: string | null | undefined) => void) | null;
}

const OVERSCAN = 12;
/** What the server renders before a window's height is known. */
const FIRST_RECT = { width: 1280, height: 800 };
const { time: TIME, now: NOW } = hiddenColumns;
const DIGIT_PX = 7.3;
const GROUP_PX = 3;
const PADDING_PX = 20;
const PENCIL_PX = 28;

/** Columns as wide as their numbers: offsets have up to 19 digits, and mostly a few. */
function columnsFor(moves: readonly PlannedMove[]) {
  let digits = 3;
  for (const { from, to } of moves) digits = Math.max(digits, from?.length ?? 0, to?.length ?? 0);
  const offset = Math.ceil(digits * DIGIT_PX + Math.floor((digits - 1) / 3) * GROUP_PX) + PADDING_PX;
  return [
    { id: "partition", className: "w-[120px] sm:w-[18%]" },
    { id: "now", className: NOW, width: Math.max(114, offset) },
    { id: "new", width: Math.max(84, offset + PENCIL_PX) },
    { id: "difference", width: Math.max(88, offset) },
    { id: "direction", width: 114 },
    { id: "time", className: TIME, width: 182 },
    { id: "lag", width: Math.max(84, offset) },
    { id: "note" },
  ];
}

/** Every partition of the plan in the page's own scroll, virtualised. Wider than its place, it scrolls sideways. */
export function MovesTable({ plan, moves, drift, onEdit }: MovesTableProps) {
  const zone = useZone();
  const body = useRef<HTMLTableSectionElement>(null);
  const top = useDocumentTop(body);
  const rowHeight = useRowHeight();
  // A day's length is exact enough for the question whether a time is today's.
  const now = Math.floor(useNow() / 60_000) * 60_000;
  const virtualizer = useWindowVirtualizer({
    count: moves.length,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: top,
    initialRect: FIRST_RECT,
  });
  useLayoutEffect(() => {
    if (rowHeight > 0) virtualizer.measure();
  }, [rowHeight, virtualizer]);
  const columns = useMemo(() => columnsFor(plan.moves), [plan]);
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const before = first === undefined ? 0 : first.start - top;
  const after = last === undefined ? 0 : virtualizer.getTotalSize() + top - last.end;
  return (
    <section
      aria-label="Moves"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="-mx-2.5 max-[1399px]:overflow-x-auto focus-visible:shadow-focus"
    >
      <Table
        label={`Plan of ${plural(plan.moves.length, "partition")}`}
        aria-rowcount={moves.length + 2}
        className="min-w-[720px] sm:min-w-[960px] table-fixed [&_td]:first:pl-2.5 [&_td]:last:pr-2.5 [&_th]:first:pl-2.5 [&_th]:last:pr-2.5"
      >
        <colgroup>
          {columns.map(({ id, className, width }) => (
            <col key={id} className={className} {...(width !== undefined && { style: { width } })} />
          ))}
        </colgroup>
        <thead>
          <tr className="[&>th]:z-[5] min-[1400px]:[&>th]:sticky min-[1400px]:[&>th]:top-bar">
            <Th className={stickyCell}>Partition</Th>
            <Th right className={NOW}>
              Committed now
            </Th>
            <Th right>New</Th>
            <Th right>Difference</Th>
            <Th>Direction</Th>
            <Th className={TIME} title={`Of the message at the committed offset and at the new one, ${zone}`}>
              Message time, now → new
            </Th>
            <Th right>Lag after</Th>
            <Th>Note</Th>
          </tr>
        </thead>
        <tbody ref={body}>
          {before > 0.5 && <Spacer height={before} />}
          {items.map(({ index }) => {
            const move = moves[index];
            if (move === undefined) return null;
            const key = partitionKey(move);
            return (
              <MoveRow
                key={key}
                index={index}
                measure={virtualizer.measureElement}
                move={move}
                held={drift.get(key)}
                zone={zone}
                nowMs={now}
                onEdit={onEdit}
              />
            );
          })}
          {after > 0.5 && <Spacer height={after} />}
        </tbody>
        <tfoot>
          <tr aria-rowindex={moves.length + 2} className="[&>td]:border-line-strong [&>td]:border-t [&>td]:border-b-0">
            <Td className={cn("font-semibold", stickyCell)}>{plural(plan.moves.length, "partition")}</Td>
            <Td className={NOW} />
            <Td colSpan={3} />
            <Td className={TIME} />
            <Td right className="font-semibold">
              {formatCount(plan.totals.lagAfter)}
            </Td>
            <Td />
          </tr>
        </tfoot>
      </Table>
    </section>
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
