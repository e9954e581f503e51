"use client";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { TailSearch } from "#lib/tail/tail-client.ts";
import { TailSession } from "#lib/tail/tail-session.ts";
import { DEFAULT_CAPACITY } from "#lib/tail/tail-store.ts";
import { commitPace } from "./commit-pace.ts";
import { continuesFrom } from "./tail-url.ts";

/** A tab hidden for so long gives its stream back; it goes on where it stopped when the tab is shown. */
const RESTS_AFTER_MS = 10_000;

/**
 * The tail that a search describes, running while the page is there. Another search is another tail, and so is another `run` of
 * the same.
 */
export function useTail(cluster: string, search: TailSearch, capacity: number, run: number): TailSession {
  const key = JSON.stringify({ search, run });
  const stable = useMemo<{ search: TailSearch; run: number }>(() => JSON.parse(key), [key]);
  const session = useMemo(() => {
    let pace: ReturnType<typeof commitPace> | null = null;
    const schedule = (flush: () => void) => {
      pace ??= commitPace();
      pace(flush);
    };
    return new TailSession({ cluster, search: stable.search, capacity: DEFAULT_CAPACITY, schedule });
  }, [cluster, stable]);
  const before = useRef<{ search: TailSearch; run: number; session: TailSession } | null>(null);
  useEffect(() => {
    const last = before.current;
    const continued =
      last !== null && last.session !== session && last.run === stable.run && continuesFrom(last.search, stable.search);
    session.start(continued ? last.session.cursorToRepeat() : null);
    before.current = { ...stable, session };
    return () => session.stop();
  }, [session, stable]);
  useEffect(() => session.store.setCapacity(capacity), [session, capacity]);
  useEffect(() => restWhenHidden(session), [session]);
  return session;
}

function restWhenHidden(session: TailSession): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onChange = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => session.rest(), RESTS_AFTER_MS);
    else session.wake();
  };
  onChange();
  document.addEventListener("visibilitychange", onChange);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onChange);
  };
}

/** Renders with each commit of the list: at most once an animation frame. */
export function useTailRows(session: TailSession): number {
  return useSyncExternalStore(session.store.subscribe, session.store.getVersion, () => 0);
}

/** Renders once a second. */
export function useTailFigures(session: TailSession) {
  return useSyncExternalStore(session.store.subscribe, session.store.getFigures, session.store.getFigures);
}

export function useTailStatus(session: TailSession) {
  return useSyncExternalStore(session.subscribe, session.getStatus, session.getStatus);
}
