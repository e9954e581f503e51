"use client";
import { useEffect, useMemo, useState } from "react";
import type { RegexEngine } from "#lib/name-filter.ts";
import { compileTopicPattern } from "#lib/topic-pattern.ts";

export type PatternState =
  | { readonly kind: "none" }
  /** The engine isn't here yet. */
  | { readonly kind: "waiting" }
  | { readonly kind: "invalid"; readonly reason: string }
  | { readonly kind: "ready"; readonly matches: (name: string) => boolean };

/** The topics that a regular expression takes, as the server takes them: the same engine, in linear time. */
export function useTopicPattern(pattern: string): PatternState {
  const [engine, setEngine] = useState<RegexEngine | null>(null);
  const needed = engine === null && pattern !== "";
  useEffect(() => {
    if (!needed) return;
    let wanted = true;
    void import("re2js").then(({ RE2JS }) => wanted && setEngine(() => RE2JS));
    return () => {
      wanted = false;
    };
  }, [needed]);
  return useMemo(() => {
    if (pattern === "") return { kind: "none" };
    if (engine === null) return { kind: "waiting" };
    try {
      return { kind: "ready", matches: compileTopicPattern(pattern, engine) };
    } catch (error) {
      return { kind: "invalid", reason: error instanceof Error ? error.message : "not a regular expression" };
    }
  }, [pattern, engine]);
}
