"use client";
import { useSyncExternalStore } from "react";

/** `--row` of the design's tokens, in pixels: rows are taller where a finger points. */
const FINE = 30;
const COARSE = 40;
const QUERY = "(pointer: coarse)";

export function useRowHeight(): number {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(QUERY);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => (window.matchMedia(QUERY).matches ? COARSE : FINE),
    () => FINE,
  );
}
