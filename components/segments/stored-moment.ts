import { formatDateTime, type Zone } from "#lib/time.ts";

/** No Date reaches further (ECMA-262). */
const MAX_DATE_MS = 8_640_000_000_000_000n;

/**
 * A timestamp of a file, to the millisecond: "2026-11-21 02:14:07.041". What no date can be, because a producer wrote
 * microseconds or nanoseconds, stays the number that it is; Kafka's -1 is no timestamp.
 */
export function storedMomentText(timestampMs: string, zone: Zone): string {
  const ms = BigInt(timestampMs);
  if (ms === -1n) return "none";
  if (ms < 0n || ms > MAX_DATE_MS) return timestampMs;
  const whole = Number(ms);
  return `${formatDateTime(whole - (whole % 1_000), zone)}.${String(whole % 1_000).padStart(3, "0")}`;
}
