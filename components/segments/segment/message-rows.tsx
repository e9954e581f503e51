"use client";
import { useRef } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { CellText } from "#components/tail/cell-text.tsx";
import { rowTimeText } from "#components/tail/row-time.ts";
import { gapWords, problemRowTitle } from "#components/tail/tail-words.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { useNow } from "#components/ui/now.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { useRowKeys } from "#components/ui/use-row-keys.ts";
import type { GapRow, MessageRow, ProblemRow, TailRow } from "#lib/contracts/message-row.ts";

interface MessageRowsProps {
  label: string;
  rows: readonly TailRow[];
  /** The message that was open last: the focus comes back to it. */
  last: string | null;
  onOpen: (offset: string) => void;
}

const noTerms: readonly string[] = [];

/** Messages with what is missing between them. Tab reaches one, arrows move, Enter opens. */
export function MessageRows({ label, rows, last, onOpen }: MessageRowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const zone = useZone();
  const now = useNow();
  const messages = rows.filter((row) => Array.isArray(row));
  const { activeIndex, onKeyDown, onRowFocus } = useRowKeys({
    body,
    rows: messages.map(([, offset]) => ({ id: offset })),
    // The table of batches has j and k.
    enabled: false,
    selected: null,
    scrollTo: (index) => body.current?.querySelector(`tr[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" }),
  });
  let next = 0;
  return (
    <Table label={label} className="table-fixed">
      <colgroup>
        <col style={{ width: 100 }} />
        <col style={{ width: 102 }} />
        <col style={{ width: "22%" }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <Th className="sticky top-0 z-10 bg-sunken first:pl-gutter">Offset</Th>
          <Th className="sticky top-0 z-10 bg-sunken">Time, {zone}</Th>
          <Th className="sticky top-0 z-10 bg-sunken">Key</Th>
          <Th className="sticky top-0 z-10 bg-sunken">Value</Th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {rows.map((row) => {
          if (!isMessage(row))
            return "gap" in row ? (
              <GapCells key={row.gap[1]} row={row} />
            ) : (
              <ProblemCells key={row.problem[1]} row={row} />
            );
          const index = next++;
          const [, offset, timestamp, key, value] = row;
          return (
            <tr
              key={offset}
              data-index={index}
              className="group/row cursor-default scroll-mt-9 [&>td]:h-7 [&>td]:truncate [&>td]:border-line [&>td]:border-b [&>td]:px-2.5 [&>td:first-child]:pl-gutter has-[[data-row-link]:focus-visible]:[&>td]:bg-accent-bg hover:[&>td]:bg-hover"
              onClick={() => onOpen(offset)}
            >
              <td>
                <button
                  type="button"
                  data-row-link
                  ref={offset === last ? focusWhenShown : undefined}
                  tabIndex={index === activeIndex ? 0 : -1}
                  onFocus={() => onRowFocus(offset, index)}
                  className="h-hit min-w-hit rounded-1 text-left group-hover/row:text-accent"
                >
                  <span className="sr-only">Message </span>
                  <Offset value={offset} />
                </button>
              </td>
              <td className="text-ink-2">{rowTimeText(timestamp, "clock", zone, now)}</td>
              <td className="mono [unicode-bidi:isolate]">
                <CellText cell={key} part="key" terms={noTerms} />
              </td>
              <td className="mono text-ink-2 [unicode-bidi:isolate]">
                <CellText cell={value} part="value" terms={noTerms} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Where the focus was before the message took this list's place. */
function focusWhenShown(button: HTMLButtonElement | null) {
  if (document.activeElement === document.body) button?.focus();
}

function GapCells({ row }: { row: GapRow }) {
  const { what, why } = gapWords(row);
  const [, from, to] = row.gap;
  return (
    <tr>
      <td
        colSpan={4}
        className="border-line border-b px-gutter py-1 text-12 text-ink-2 [background-image:repeating-linear-gradient(115deg,var(--line)_0_1px,transparent_1px_7px)]"
      >
        <span className="-ml-1.5 bg-bg px-1.5">
          <Offset value={from} />
          {from !== to && (
            <>
              {" to "}
              <Offset value={to} />
            </>
          )}
          : {what} · {why}
        </span>
      </td>
    </tr>
  );
}

function ProblemCells({ row }: { row: ProblemRow }) {
  return (
    <tr>
      <td colSpan={4} className="border-line border-b bg-warn-bg px-gutter py-1.5 text-12">
        <span className="flex items-start gap-2">
          <Glyph shape="triangle" className="mt-px shrink-0" />
          <span className="min-w-0 text-pretty">
            <b>{problemRowTitle(row)}.</b> <span className="text-ink-2">{row.detail}</span>
          </span>
        </span>
      </td>
    </tr>
  );
}

function isMessage(row: TailRow): row is MessageRow {
  return Array.isArray(row);
}
