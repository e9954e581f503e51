"use client";
import { useEffect, useMemo, useState } from "react";
import { isRegexFilter, type NameFilter, parseNameFilter, type RegexEngine } from "#lib/name-filter.ts";

/** The filter that a text means; the engine for regular expressions is fetched when the first one is typed. */
export function useNameFilter(text: string): NameFilter {
  const [engine, setEngine] = useState<RegexEngine | null>(null);
  const needed = engine === null && isRegexFilter(text.trim());
  useEffect(() => {
    if (!needed) return;
    let wanted = true;
    void import("re2js").then(({ RE2JS }) => wanted && setEngine(() => RE2JS));
    return () => {
      wanted = false;
    };
  }, [needed]);
  return useMemo(() => parseNameFilter(text, engine), [text, engine]);
}
