"use client";
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useSingleKey } from "./keys.ts";

interface RowKeysOptions {
  body: RefObject<HTMLTableSectionElement | null>;
  /** In the order that is shown. The same array while nothing changed. */
  rows: readonly RowId[];
  /** Rows are links, so there is something to focus. */
  enabled: boolean;
  /** The id of a row that was chosen, here or elsewhere on the page: it becomes the active one. */
  selected: string | null;
  scrollTo: (index: number) => void;
}

const PAGE_OF_ROWS = 20;

/**
 * Moves the focus among the rows of a table: one of them takes Tab (`activeIndex`); arrows, Home, End and page keys move from
 * there, j and k from anywhere on the page. The active row stays the same one when others come, go or change places. It must
 * be rendered wherever the window is scrolled to.
 */
export function useRowKeys({ body, rows, enabled, selected, scrollTo }: RowKeysOptions) {
  const [active, setActive] = useState<ActiveRow | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  const awaited = useRef<string | null>(null);
  // While rendering, not in an effect: a key that is pressed next goes on from there.
  if (followed !== selected) {
    const index = selected === null ? -1 : rows.findIndex(({ id }) => id === selected);
    if (selected === null || index !== -1) setFollowed(selected);
    if (selected !== null && index !== -1) setActive({ id: selected, index });
  }
  const activeIndex = useMemo(() => placeOf(active, rows), [active, rows]);
  const activeId = rows[activeIndex]?.id;

  // The row that is to be focused may be rendered only now.
  useLayoutEffect(() => {
    if (awaited.current === null || awaited.current !== activeId) return;
    awaited.current = null;
    linkOf(body.current, activeIndex)?.focus({ preventScroll: true });
  });

  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    const id = rows[next]?.id;
    if (id === undefined) return;
    awaited.current = id;
    setActive({ id, index: next });
    scrollTo(next);
    if (next === activeIndex) linkOf(body.current, next)?.focus({ preventScroll: true });
  };
  const step = (by: number) => {
    const inside = body.current?.contains(document.activeElement) === true;
    focusRow(inside ? activeIndex + by : activeIndex);
  };
  useSingleKey(enabled && rows.length > 0 ? { j: () => step(1), k: () => step(-1) } : {});

  const onKeyDown = (event: React.KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + PAGE_OF_ROWS,
      PageUp: activeIndex - PAGE_OF_ROWS,
      Home: 0,
      End: rows.length - 1,
    };
    const next = moves[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    focusRow(next);
  };
  const onRowFocus = useCallback((id: string, index: number) => setActive({ id, index }), []);
  return { activeIndex, onKeyDown, onRowFocus };
}

interface RowId {
  readonly id: string;
}

interface ActiveRow extends RowId {
  /** Where it was when it was chosen. */
  readonly index: number;
}

/** Where the active row is now; where it was, when it is gone; the first row before any was chosen. */
export function placeOf(active: ActiveRow | null, rows: readonly RowId[]): number {
  if (active === null || rows.length === 0) return 0;
  if (rows[active.index]?.id === active.id) return active.index;
  const now = rows.findIndex(({ id }) => id === active.id);
  return now === -1 ? Math.min(active.index, rows.length - 1) : now;
}

function linkOf(body: HTMLElement | null, index: number): HTMLElement | null {
  return body?.querySelector<HTMLElement>(`tr[data-index="${index}"] [data-row-link]`) ?? null;
}
