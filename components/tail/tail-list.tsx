"use client";
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { cn } from "#components/ui/cn.ts";
import { useNow } from "#components/ui/now.tsx";
import { useIsNarrow } from "#components/ui/use-is-narrow.ts";
import type { Cell, MessageRow } from "#lib/contracts/message-row.ts";
import { isDivider, isGap, isMessage, type TailEntry } from "#lib/tail/tail-entry.ts";
import type { TailSession } from "#lib/tail/tail-session.ts";
import { formatTime } from "#lib/time.ts";
import { type CellChoice, CellMenu } from "./cell-menu.tsx";
import { DividerLine, GapLine, ProblemLine } from "./divider-line.tsx";
import { gridProps, headRole, headRowRole, rowProps } from "./grid-roles.ts";
import { MessageLine } from "./message-line.tsx";
import { rowHeightOf } from "./row-metrics.ts";
import { columnNames, type TailLayout } from "./tail-layout.ts";
import { formatAddress, type MessageAddress } from "./tail-url.ts";
import { useListKeys } from "./use-list-keys.ts";
import { useTailRows, useTailStatus } from "./use-tail.ts";
import { useTailWindow } from "./use-tail-window.ts";

interface TailListProps {
  session: TailSession;
  layout: TailLayout;
  terms: readonly string[];
  open: MessageAddress | null;
  onOpen: (address: MessageAddress | null) => void;
  onChoose: (choice: CellChoice) => void;
  /** The page doesn't scroll: arrows can only mean this list, wherever the focus is. */
  fillsPage: boolean;
  /** In place of rows, while there are none. */
  empty: React.ReactNode;
  /** Above the list's lower edge. */
  children: React.ReactNode;
}

/** Boxes are used again for other rows: a list that runs mounts nothing and leaves nothing behind. */
const SLOTS = 256;
/** Below the last row of a list that stands still: the pill that tells what came meanwhile covers no row. */
const PILL_ROOM = 60;

/**
 * The rows, newest at the bottom. Follows the end until the viewer scrolls up, takes hold of a row, or says so; the keys
 * j, k, arrows, Enter, G and g g move in it.
 */
export function TailList({
  session,
  layout,
  terms,
  open,
  onOpen,
  onChoose,
  fillsPage,
  empty,
  children,
}: TailListProps) {
  const { store } = session;
  useTailRows(session);
  const { pause } = useTailStatus(session);
  const zone = useZone();
  const now = useNow();
  const narrow = useIsNarrow();
  const rowHeight = rowHeightOf(narrow);
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<TailEntry | null>(null);
  const [menu, setMenu] = useState<{ anchor: Element; part: "key" | "value"; cell: Cell } | null>(null);
  const count = store.length;
  const following = pause === null;
  const list = useTailWindow({
    scroll,
    count,
    rowHeight,
    following,
    roomBelow: following ? 0 : PILL_ROOM,
    onScrollUp: () => session.pause("scrolled"),
    onScrollToEnd: () => {
      if (session.getStatus().pause === "scrolled") session.resume();
    },
  });

  const addressOf = useCallback(
    (row: MessageRow): MessageAddress | null => {
      const partition = session.positions.partitions[row[0]];
      return partition === undefined
        ? null
        : { topic: partition.topic, partition: partition.partition, offset: row[1] };
    },
    [session],
  );
  const openRow = (entry: TailEntry | undefined) => {
    if (entry === undefined || !isMessage(entry)) return;
    setActive(entry);
    session.pause("message");
    onOpen(addressOf(entry));
  };
  useListKeys({
    session,
    list: scroll,
    fillsPage,
    active,
    isOpen: open !== null,
    onActive: (entry, index) => {
      setActive(entry);
      list.scrollTo(index);
      if (open !== null && isMessage(entry)) onOpen(addressOf(entry));
    },
    onOpen: openRow,
    onClose: () => onOpen(null),
    onStart: () => {
      session.pause("scrolled");
      list.scrollToStart();
    },
  });
  useSelectionPause(scroll, session);

  // A time of day is told apart from a date, and ages are told, by now; else a row needs no clock.
  const rowNow = layout.time === "since" ? now : Math.floor(now / 3_600_000) * 3_600_000;
  const times = useMemo(() => (ms: number) => formatTime(ms, zone), [zone]);
  const openText = open === null ? null : formatAddress(open);
  const rowId = (index: number) => `${id}${index % SLOTS}`;
  const entryAt = (target: EventTarget): TailEntry | undefined => {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
    return row === null ? undefined : store.at(Number(row.dataset.index));
  };
  const activeIndex = following || active === null ? -1 : store.indexOf(active);
  // The keys that do the same are the page's: use-list-keys.ts.
  const pointer = {
    onPointerDown: (event: React.PointerEvent) => {
      // What was under the pointer stays there, whether it becomes a click or a selection.
      const entry = entryAt(event.target);
      if (event.button === 0 && entry !== undefined && isMessage(entry)) session.pause("selecting");
    },
    onClick: (event: React.MouseEvent) => {
      const entry = entryAt(event.target);
      if (entry === undefined || !isMessage(entry) || !(event.target instanceof Element)) return;
      const button = event.target.closest<HTMLElement>("[data-cell-menu]");
      if (button === null) {
        if (document.getSelection()?.isCollapsed !== false) openRow(entry);
        return;
      }
      const part = button.dataset.cellMenu === "key" ? "key" : "value";
      setActive(entry);
      // Not the button: that is there only as long as the pointer is in its cell.
      setMenu({ anchor: button.parentElement ?? button, part, cell: part === "key" ? entry[3] : entry[4] });
    },
  };

  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        ref={scroll}
        {...gridProps({
          label: "Messages",
          rows: store.trimmed + count + 1,
          activeId: activeIndex === -1 ? undefined : rowId(activeIndex),
        })}
        {...pointer}
        className="min-h-0 flex-1 contain-strict overflow-y-auto overflow-x-hidden overscroll-contain outline-none [overflow-anchor:none] focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]"
        style={{ "--tail-columns": layout.template } as React.CSSProperties}
      >
        <div
          {...headRowRole}
          className="sticky top-0 z-[2] grid h-7 grid-cols-(--tail-columns) items-center gap-x-3 border-line-strong border-b bg-sunken pr-3 pl-gutter text-12 text-ink-2 max-md:hidden"
        >
          <Head layout={layout} zone={zone} />
        </div>
        <div className="relative" style={{ height: list.totalHeight + (following ? 0 : PILL_ROOM) }}>
          {list.items.map(({ index, start }) => {
            const entry = store.at(index);
            if (entry === undefined) return null;
            const isOpen = openText !== null && isMessage(entry) && addressText(entry, addressOf) === openText;
            return (
              <div
                key={index % SLOTS}
                {...rowProps({
                  id: rowId(index),
                  number: store.trimmed + index + 2,
                  selected: isOpen || index === activeIndex,
                })}
                data-index={index}
                className={cn(
                  "absolute inset-x-0 top-0 grid contain-strict grid-cols-(--tail-columns) items-center gap-x-3 overflow-hidden border-line border-b pr-3 pl-gutter font-mono text-12 tracking-[-0.015em]",
                  "max-md:grid-cols-[98px_auto_minmax(0,1fr)] max-md:content-center max-md:gap-x-2 max-md:gap-y-0.5 max-md:[&>.tail-key]:row-start-2 max-md:[&>.tail-value]:col-span-2 max-md:[&>.tail-value]:col-start-2 max-md:[&>.tail-value]:row-start-2",
                  isMessage(entry) && "hover:bg-hover",
                  index === activeIndex && "bg-hover",
                  isOpen && "bg-accent-bg shadow-[inset_3px_0_0_var(--accent)] hover:bg-accent-bg",
                )}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                {isMessage(entry) ? (
                  <MessageLine
                    row={entry}
                    partition={session.positions.partitions[entry[0]]}
                    layout={layout}
                    terms={terms}
                    zone={zone}
                    nowMs={rowNow}
                    outcome={store.outcomeOf(entry)}
                  />
                ) : isDivider(entry) ? (
                  <DividerLine
                    divider={entry}
                    partitions={session.positions.partitions}
                    times={times}
                    onLoad={(divider) => void session.load(divider)}
                  />
                ) : isGap(entry) ? (
                  <GapLine row={entry} partition={session.positions.partitions[entry.gap[0]]} />
                ) : (
                  <ProblemLine row={entry} partition={session.positions.partitions[entry.problem[0]]} />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {count === 0 && <div className="absolute inset-x-0 top-7 bottom-0 overflow-y-auto">{empty}</div>}
      {menu !== null && (
        <CellMenu
          anchor={menu.anchor}
          onClose={() => setMenu(null)}
          cell={menu.cell}
          part={menu.part}
          onChoose={onChoose}
        />
      )}
      {children}
    </div>
  );
}

function addressText(row: MessageRow, addressOf: (row: MessageRow) => MessageAddress | null): string | null {
  const address = addressOf(row);
  return address === null ? null : formatAddress(address);
}

function Head({ layout, zone }: { layout: TailLayout; zone: string }) {
  const numeric = new Set(["offset", "size"]);
  const head = (column: (typeof layout.columns)[number]) => (
    <span key={column} {...headRole} className={cn("truncate", numeric.has(column) && "text-right")}>
      {columnNames[column]}
      {column === "time" && (layout.time === "clock" || layout.time === "full") && (
        <span className="text-ink-3"> {zone}</span>
      )}
    </span>
  );
  return (
    <>
      {layout.columns.filter((column) => column !== "value").map(head)}
      {layout.pinned.map((path) => (
        <span key={path} {...headRole} className="mono truncate" title={path}>
          {path}
        </span>
      ))}
      {layout.columns.includes("value") && head("value")}
    </>
  );
}

/** Text that is being selected must hold still, from the press of the button on: what is under the pointer stays there. */
function useSelectionPause(list: React.RefObject<HTMLElement | null>, session: TailSession): void {
  useEffect(() => {
    let pressed = false;
    const onChange = () => {
      const selection = document.getSelection();
      const selecting = selection !== null && !selection.isCollapsed && selection.anchorNode !== null;
      if (selecting && list.current?.contains(selection.anchorNode)) session.pause("selecting");
      else if (!pressed) session.endReason("selecting");
    };
    const onPress = ({ type }: Event) => {
      pressed = type === "pointerdown";
      // A finger that was put down to scroll.
      if (type === "pointercancel" && session.getStatus().pause === "selecting") session.pause("scrolled");
      if (!pressed) onChange();
    };
    const presses = ["pointerdown", "pointerup", "pointercancel"] as const;
    document.addEventListener("selectionchange", onChange);
    for (const type of presses) document.addEventListener(type, onPress, { capture: true });
    return () => {
      document.removeEventListener("selectionchange", onChange);
      for (const type of presses) document.removeEventListener(type, onPress, { capture: true });
    };
  }, [list, session]);
}
