"use client";
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { useSingleKey } from "./keys.ts";

interface RowKeysOptions {
  body: RefObject<HTMLTableSectionElement | null>;
  count: number;
  /** Rows are links, so there is something to focus. */
  enabled: boolean;
  scrollTo: (index: number) => void;
}

const PAGE_OF_ROWS = 20;

/**
 * Moves the focus among the rows of a table: one of them takes Tab (`activeIndex`); arrows, Home, End and page keys move from
 * there, j and k from anywhere on the page. The active row must be rendered wherever the window is scrolled to.
 */
export function useRowKeys({ body, count, enabled, scrollTo }: RowKeysOptions) {
  const [active, setActive] = useState(0);
  const awaited = useRef<number | null>(null);
  const activeIndex = Math.max(0, Math.min(active, count - 1));

  // The row that is to be focused may be rendered only now.
  useLayoutEffect(() => {
    if (awaited.current !== activeIndex) return;
    awaited.current = null;
    linkOf(body.current, activeIndex)?.focus({ preventScroll: true });
  });

  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    awaited.current = next;
    setActive(next);
    scrollTo(next);
    if (next === activeIndex) linkOf(body.current, next)?.focus({ preventScroll: true });
  };
  const step = (by: number) => {
    const inside = body.current?.contains(document.activeElement) === true;
    focusRow(inside ? activeIndex + by : activeIndex);
  };
  useSingleKey(enabled && count > 0 ? { j: () => step(1), k: () => step(-1) } : {});

  const onKeyDown = (event: React.KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + PAGE_OF_ROWS,
      PageUp: activeIndex - PAGE_OF_ROWS,
      Home: 0,
      End: count - 1,
    };
    const next = moves[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    focusRow(next);
  };
  return { activeIndex, onKeyDown, onRowFocus: useCallback((index: number) => setActive(index), []) };
}

function linkOf(body: HTMLElement | null, index: number): HTMLElement | null {
  return body?.querySelector<HTMLElement>(`tr[data-index="${index}"] [data-row-link]`) ?? null;
}
