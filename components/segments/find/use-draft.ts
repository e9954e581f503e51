"use client";
import { useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { storedDate } from "#components/segments/stored-moment.ts";
import { useNow } from "#components/ui/now.tsx";
import type { LocateTarget } from "#lib/queries/segments.ts";
import { momentTyped, offsetProblem, offsetTyped } from "./typed-target.ts";
import type { AskedFor } from "./use-find.ts";

export type By = "offset" | "time";
export type Draft = ReturnType<typeof useDraft>;

/** What is looked for, in the form. What was typed and not looked for yet is the form's own; else it is what the address says. */
export function useDraft({ target, unread }: AskedFor) {
  const zone = useZone();
  const now = useNow();
  const [chosen, setChosen] = useState<By | null>(null);
  const [typed, setTyped] = useState<{ readonly by: By; readonly text: string } | null>(null);
  const [asked, setAsked] = useState(false);
  const by = chosen ?? unread?.by ?? (target !== null && "timestampMs" in target ? "time" : "offset");
  const isOfLink = typed?.by !== by && unread?.by === by;
  const text = typed?.by === by ? typed.text : isOfLink ? unread.text : textOf(target, by);
  const next = by === "offset" ? offsetTyped(text) : momentTyped(text, zone, now);
  const isEmpty = text.trim() === "";
  return {
    by,
    text,
    next,
    /** What is typed, or was in the link, can't be looked for: no answer belongs to it. */
    isWrong: isOfLink || (next === null && (asked || !isEmpty)),
    /** Why not; undefined while that isn't to be said, or the field of a moment says it. */
    problem: isOfLink ? linkProblem(by) : isEmpty && !asked ? undefined : problemOf(by, text),
    choose: (value: By) => {
      setAsked(false);
      setChosen(value);
    },
    type: (value: string) => {
      setAsked(false);
      setTyped({ by, text: value });
    },
    /** What can be looked for now; null when nothing can, which is told then. */
    submit: (): LocateTarget | null => {
      setAsked(true);
      if (next === null) return null;
      setAsked(false);
      setTyped(null);
      setChosen(null);
      return next;
    },
  };
}

function linkProblem(by: By): string {
  return by === "offset"
    ? "The link's offset isn't one: that is a whole number, 0 or more."
    : "The link's time isn't one: in a link it is milliseconds since 1970.";
}

function problemOf(by: By, text: string): string | undefined {
  if (by === "offset") return offsetProblem(text) ?? undefined;
  return text.trim() === "" ? "Type a point in time." : undefined;
}

function textOf(target: LocateTarget | null, by: By): string {
  if (target === null) return "";
  if ("offset" in target) return by === "offset" ? target.offset : "";
  if (by === "offset") return "";
  const ms = storedDate(BigInt(target.timestampMs));
  return ms === null ? target.timestampMs : new Date(ms).toISOString();
}
