"use client";
import { observeElementOffset, useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";

interface TailWindowOptions {
  scroll: RefObject<HTMLDivElement | null>;
  count: number;
  rowHeight: number;
  /** The newest row stays in sight: the window is the end of the list, wherever the scroll bar was. */
  following: boolean;
  /** So many pixels below the last row belong to the list; a row that is scrolled to stays above them. */
  roomBelow: number;
  onScrollUp: () => void;
  onScrollToEnd: () => void;
}

interface TailWindow {
  readonly items: readonly VirtualItem[];
  readonly totalHeight: number;
  scrollTo: (index: number) => void;
  scrollToStart: () => void;
}

const OVERSCAN = 8;
/** What counts as the end: less than a row. */
const END_PX = 12;
/** How many rows fit before the height is known. */
const FIRST_RECT = { width: 1_200, height: 720 };

/**
 * The rows in sight of a list that grows at its end. While following, the window is counted from the end and the scroll
 * position is set after each commit, so that a commit is one render: the scroll event that follows changes nothing.
 */
export function useTailWindow(options: TailWindowOptions): TailWindow {
  const { scroll, count, rowHeight, following, roomBelow, onScrollUp, onScrollToEnd } = options;
  const latest = useRef({ following, onScrollUp, onScrollToEnd });
  useLayoutEffect(() => {
    latest.current = { following, onScrollUp, onScrollToEnd };
  });
  /** Where we last put the scroll bar: anything above it was the viewer. */
  const expected = useRef(0);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    overscan: OVERSCAN,
    scrollPaddingEnd: roomBelow,
    initialRect: FIRST_RECT,
    useFlushSync: false,
    rangeExtractor: ({ startIndex, endIndex, overscan }) => {
      const height = scroll.current?.clientHeight ?? FIRST_RECT.height;
      const inSight = Math.ceil(height / rowHeight);
      const first = following ? count - inSight : startIndex;
      const last = following ? count - 1 : endIndex;
      const indexes: number[] = [];
      for (let index = Math.max(0, first - overscan); index <= Math.min(count - 1, last + overscan); index += 1) {
        indexes.push(index);
      }
      return indexes;
    },
    observeElementOffset: (instance, notify) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        if (!latest.current.following) return notify(offset, isScrolling);
        instance.scrollOffset = offset;
      }),
  });
  useLayoutEffect(() => {
    if (rowHeight > 0) virtualizer.measure();
  }, [rowHeight, virtualizer]);

  const toEnd = useCallback(() => {
    const element = scroll.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    expected.current = element.scrollTop;
  }, [scroll]);
  useLayoutEffect(() => {
    if (following) toEnd();
  });

  useEffect(() => {
    const element = scroll.current;
    if (element === null) return;
    const onScroll = () => {
      const atEnd = element.scrollHeight - element.clientHeight - element.scrollTop <= END_PX;
      if (latest.current.following) {
        if (element.scrollTop < expected.current - END_PX && !atEnd) latest.current.onScrollUp();
      } else if (atEnd) latest.current.onScrollToEnd();
    };
    const resized = new ResizeObserver(() => {
      if (latest.current.following) toEnd();
    });
    element.addEventListener("scroll", onScroll, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener("scroll", onScroll);
      resized.disconnect();
    };
  }, [scroll, toEnd]);

  return {
    items: virtualizer.getVirtualItems(),
    totalHeight: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
    scrollToStart: () => virtualizer.scrollToOffset(0),
  };
}
