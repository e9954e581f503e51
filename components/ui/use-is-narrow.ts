"use client";
import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 719.98px)";

/** True below the width where rows and drawers change their shape; false too before the window is known. */
export function useIsNarrow(): boolean {
  return useKnownNarrow() === true;
}

/** Null before the window is known: what would be taken down and put up elsewhere waits for it. */
export function useKnownNarrow(): boolean | null {
  return useSyncExternalStore(onChange, isNarrow, notKnown);
}

function onChange(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

function isNarrow(): boolean {
  return window.matchMedia(NARROW).matches;
}

function notKnown(): null {
  return null;
}
