"use client";
import { useSyncExternalStore } from "react";

/** On a phone a row has two lines: when and where, then what. */
const WIDE_ROW = 24;
const NARROW_ROW = 46;
const NARROW = "(max-width: 719.98px)";

/** True below the width where rows and drawers change their shape. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(NARROW);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
}

export function rowHeightOf(narrow: boolean): number {
  return narrow ? NARROW_ROW : WIDE_ROW;
}
