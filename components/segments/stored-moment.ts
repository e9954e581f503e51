import { formatDateTime, MAX_DATE_MS, type Zone } from "#lib/time.ts";

/** A timestamp of a file in ms; null for what no date is: Kafka's -1 for none, and what a producer wrote in a finer unit. */
export function storedDate(timestampMs: bigint): number | null {
  return timestampMs < 0n || timestampMs > MAX_DATE_MS ? null : Number(timestampMs);
}

/**
 * A timestamp of a file, to the millisecond: "2026-11-21 02:14:07.041". What no date can be, because a producer wrote
 * microseconds or nanoseconds, stays the number that it is; Kafka's -1 is no timestamp.
 */
export function storedMomentText(timestampMs: string, zone: Zone): string {
  if (timestampMs === "-1") return "none";
  const ms = storedDate(BigInt(timestampMs));
  if (ms === null) return timestampMs;
  return `${formatDateTime(ms - (ms % 1_000), zone)}.${String(ms % 1_000).padStart(3, "0")}`;
}

/** The same; null where it is unknown. */
export function storedTime(timestampMs: string | null, zone: Zone): string | null {
  return timestampMs === null ? null : storedMomentText(timestampMs, zone);
}

/** The same, without the day where that is another's too. */
export function storedTimeAfter(timestampMs: string | null, beforeMs: string | null, zone: Zone): string | null {
  const [text, before] = [storedTime(timestampMs, zone), storedTime(beforeMs, zone)];
  const day = text?.split(" ")[0];
  if (text === null || before === null || day === undefined || !before.startsWith(`${day} `)) return text;
  return text.slice(day.length + 1);
}
