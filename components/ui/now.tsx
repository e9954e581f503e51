"use client";
import { createContext, useContext, useState, useSyncExternalStore } from "react";

const TICK_MS = 1_000;
/** Less than this is the way of the answer, not a clock that is wrong. */
const SKEW_IGNORED_MS = 2_000;

interface Clock {
  readonly renderedAtMs: number;
  readonly skewMs: number;
}

const ClockContext = createContext<Clock>({ renderedAtMs: 0, skewMs: 0 });

/**
 * Gives ages the server's clock: what was read is stamped by it, and a browser's clock may be minutes off.
 * The document's first byte left the server at `renderedAtMs` and arrived at `responseStart`: the difference is the skew.
 */
export function NowProvider({ renderedAtMs, children }: { renderedAtMs: number; children: React.ReactNode }) {
  const [clock] = useState<Clock>(() => ({ renderedAtMs, skewMs: skewOf(renderedAtMs) }));
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** The server's time now, to the second; ticks once a second, and not while the tab is hidden. */
export function useNow(): number {
  const { renderedAtMs, skewMs } = useContext(ClockContext);
  const now = useSyncExternalStore(subscribe, readNow, () => null);
  return now === null ? renderedAtMs : now - skewMs;
}

/** A moment that this browser's clock told, as the server's clock has it: what `useNow` can be compared with. */
export function useServerTime(browserMs: number): number {
  return browserMs - useContext(ClockContext).skewMs;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = Date.now();
    timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener("visibilitychange", tick);
  };
}

function readNow(): number {
  if (current === 0) current = Date.now();
  return current;
}

function tick(): void {
  if (document.hidden) return;
  current = Date.now();
  for (const listener of listeners) listener();
}

function skewOf(renderedAtMs: number): number {
  if (typeof performance === "undefined" || typeof document === "undefined") return 0;
  const navigation = performance.getEntriesByType("navigation")[0];
  if (navigation === undefined || !("responseStart" in navigation)) return 0;
  const skew = performance.timeOrigin + Number(navigation.responseStart) - renderedAtMs;
  return Math.abs(skew) < SKEW_IGNORED_MS ? 0 : skew;
}
