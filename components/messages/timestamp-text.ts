import type { MessageTimestamp } from "#lib/contracts/message-row.ts";
import { formatDateTime, MAX_DATE_MS, type Zone } from "#lib/time.ts";

/**
 * A message's time to the millisecond, with its zone. What no date can be, because a producer wrote microseconds or
 * nanoseconds, stays the number that it is; `ms` is null then.
 */
export function timestampText(timestamp: MessageTimestamp, zone: Zone): { text: string; ms: number | null } {
  if (timestamp === -1) return { text: "none", ms: null };
  const ms = Number(timestamp);
  if (typeof timestamp === "string" || Math.abs(ms) > MAX_DATE_MS) {
    return { text: `${timestamp} (no milliseconds since 1970: perhaps a finer unit)`, ms: null };
  }
  const fraction = String(((ms % 1_000) + 1_000) % 1_000).padStart(3, "0");
  return { text: `${formatDateTime(Math.floor(ms / 1_000) * 1_000, zone)}.${fraction} ${zone}`, ms };
}
