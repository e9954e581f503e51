"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { formatDateTime, formatMoment } from "#lib/time.ts";
import { useNow } from "./now.tsx";

/** A moment in the chosen zone, as short as is clear; the whole of it, with the zone, as title. */
export function Time({ ms, className }: { ms: number; className?: string }) {
  const zone = useZone();
  const now = useNow();
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={`${formatDateTime(ms, zone)} ${zone}`}
      className={className}
      suppressHydrationWarning
    >
      {formatMoment(ms, zone, now)}
    </time>
  );
}
