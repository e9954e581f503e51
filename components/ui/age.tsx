"use client";
import { formatDuration } from "#lib/format.ts";
import { useNow } from "./now.tsx";
import { Unknown } from "./quantity.tsx";

interface AgeProps {
  /** When it was read, by the server's clock; null when never. */
  observedAtMs: number | null | undefined;
  /** Older than this is stale, and said to be. */
  staleAfterMs: number;
}

/** "2 s old", or "stale 42 s". */
export function Age({ observedAtMs, staleAfterMs }: AgeProps) {
  const now = useNow();
  if (observedAtMs === null || observedAtMs === undefined) return <Unknown why="not read yet" />;
  const age = Math.max(0, now - observedAtMs);
  const text = formatDuration(Math.floor(age / 1_000) * 1_000).replace(/^0\sms$/, "0\u00a0s");
  return age > staleAfterMs ? (
    <span className="whitespace-nowrap text-warn">{`stale ${text}`}</span>
  ) : (
    <span className="whitespace-nowrap">{`${text} old`}</span>
  );
}

/** How long ago, without a verdict: "9 min 24 s". */
export function Since({ sinceMs }: { sinceMs: number }) {
  const now = useNow();
  return <span className="whitespace-nowrap">{formatDuration(Math.max(1_000, now - sinceMs))}</span>;
}
