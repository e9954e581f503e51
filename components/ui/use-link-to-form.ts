"use client";
import { useEffect } from "react";

const LINK_SETTLES_AFTER_MS = 400;

/** Keeps the address a link to a form as it is, for a colleague or a reload. Browsers limit how often it may change. */
export function useLinkToForm(query: string): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const { pathname, search } = window.location;
      const next = query === "" ? "" : `?${query}`;
      if (next !== search) window.history.replaceState(null, "", `${pathname}${next}`);
    }, LINK_SETTLES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [query]);
}
