"use client";
import { Ellipsis } from "lucide-react";
import { memo } from "react";
import { MarkedText } from "#components/messages/marked-text.tsx";
import { cn } from "#components/ui/cn.ts";
import { Offset } from "#components/ui/quantity.tsx";
import type { Cell, MessageRow } from "#lib/contracts/message-row.ts";
import { formatBytes, UNKNOWN } from "#lib/format.ts";
import { parseJsonPath, pluckJson } from "#lib/tail/json-pluck.ts";
import type { Outcome } from "#lib/tail/tail-entry.ts";
import type { PlacedPartition } from "#lib/tail/tail-positions.ts";
import type { Zone } from "#lib/time.ts";
import { CellText, cellBytes, RowTag } from "./cell-text.tsx";
import { cellRole } from "./grid-roles.ts";
import { rowTimeText } from "./row-time.ts";
import type { TailLayout } from "./tail-layout.ts";
import type { TailColumn } from "./tail-url.ts";

export interface MessageLineProps {
  row: MessageRow;
  partition: PlacedPartition | undefined;
  layout: TailLayout;
  terms: readonly string[];
  zone: Zone;
  /** Only where times are told from now on, or a row may be a day old. */
  nowMs: number;
  outcome: Outcome | undefined;
}

/** The cells of one message. Rendered anew only when the row in this place is another. */
export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { layout } = props;
  return (
    <>
      {layout.columns.map((column) => column !== "value" && <Column key={column} column={column} {...props} />)}
      {layout.pinned.map((path) => (
        <Pinned key={path} path={path} value={props.row[4]} terms={props.terms} />
      ))}
      {layout.columns.includes("value") && <Column column="value" {...props} />}
    </>
  );
});

/** What ends at the edge of its cell; text of any direction stays within it. */
const cellStyle = "min-w-0 truncate [unicode-bidi:isolate]";
const crossed = "text-ink-3 line-through decoration-ink-3";

function Column({
  column,
  row,
  partition,
  layout,
  terms,
  zone,
  nowMs,
  outcome,
}: MessageLineProps & { column: TailColumn }) {
  const aborted = outcome === "aborted";
  switch (column) {
    case "time":
      return (
        <span
          {...cellRole}
          className={cn(cellStyle, "text-ink-2")}
          title={row[5]?.appendTime === true ? "LogAppendTime: the broker's clock" : undefined}
        >
          {rowTimeText(row[2], layout.time, zone, nowMs)}
        </span>
      );
    case "partition":
      return (
        <span
          {...cellRole}
          className={cellStyle}
          title={partition === undefined ? undefined : `${partition.topic}-${partition.partition}`}
        >
          {partition === undefined ? (
            UNKNOWN
          ) : (
            <>
              <span className={layout.bare ? "md:hidden" : undefined}>
                {partition.topic}
                <span className="text-ink-3">-</span>
              </span>
              {partition.partition}
            </>
          )}
        </span>
      );
    case "offset":
      return (
        <span {...cellRole} className={cn(cellStyle, "text-right", aborted && crossed)}>
          <Offset value={row[1]} />
        </span>
      );
    case "key":
      return (
        <TextCell part="key" label="key" className={aborted ? crossed : undefined}>
          <CellText cell={row[3]} part="key" terms={terms} />
        </TextCell>
      );
    case "headers":
      return (
        <span {...cellRole} className={cn(cellStyle, "text-ink-2")}>
          <Headers row={row} terms={terms} />
        </span>
      );
    case "size":
      return (
        <span {...cellRole} className={cn(cellStyle, "text-right text-ink-2")}>
          {sizeText(row)}
        </span>
      );
    case "value":
      return (
        <TextCell part="value" label="value" className={cn("text-ink-2", aborted && crossed)}>
          {aborted && <RowTag tone="crit">aborted</RowTag>}
          {outcome === undefined && row[5]?.transaction !== undefined && (
            <RowTag tone="info" title="Its transaction had no end yet when this was read">
              open
            </RowTag>
          )}
          <CellText cell={row[4]} part="value" terms={terms} />
        </TextCell>
      );
  }
}

/** A cell with a button for what can be done with its text; one handler of the list acts for all rows. */
function TextCell({
  part,
  label,
  className,
  children,
}: {
  part: "key" | "value";
  label: string;
  className?: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <span {...cellRole} className={cn("group/cell relative flex min-w-0 items-center", `tail-${part}`)}>
      <span className={cn(cellStyle, "flex-1", className)}>{children}</span>
      <button
        type="button"
        tabIndex={-1}
        data-cell-menu={part}
        aria-label={`Filter by this ${label}, or copy it`}
        className="absolute right-0 hidden h-full w-hit place-items-center rounded-2 bg-hover text-ink-2 hover:text-ink group-hover/cell:grid pointer-coarse:group-hover/cell:hidden"
      >
        <Ellipsis aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}

function Headers({ row, terms }: { row: MessageRow; terms: readonly string[] }) {
  const headers = row[5]?.headers ?? [];
  if (headers.length === 0) return <span className="text-ink-3">{UNKNOWN}</span>;
  const more = (row[5]?.headerCount ?? headers.length) - headers.length;
  const text = headers.map(([name, value]) => `${name}: ${value ?? "null"}`).join("  ");
  return (
    <>
      <MarkedText text={text} terms={terms} />
      {more > 0 && <span className="text-ink-3"> +{more}</span>}
    </>
  );
}

function sizeText(row: MessageRow): string {
  const value = cellBytes(row[4]);
  return value === null ? "null" : formatBytes(value);
}

/** One value out of the JSON, as it is written there. Computed for rows in sight only. */
function Pinned({ path, value, terms }: { path: string; value: Cell; terms: readonly string[] }) {
  const text = typeof value === "string" ? value : value?.as === "json" || value?.as === "text" ? value.text : null;
  const steps = parseJsonPath(path);
  const found = text === null || steps === null ? null : pluckJson(text, steps);
  const shown = found?.kind === "found" ? found.text : null;
  return (
    <span
      {...cellRole}
      className={cn(cellStyle, "max-md:hidden")}
      title={found?.kind === "cut" ? "Beyond the preview: open the message" : undefined}
    >
      {shown === null ? (
        <span className="text-ink-3">{found?.kind === "cut" ? "…" : UNKNOWN}</span>
      ) : (
        <MarkedText text={shown} terms={terms} />
      )}
    </span>
  );
}
