"use client";
import { useSyncExternalStore } from "react";

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
