import { formatDateTime, type Zone } from "#lib/time.ts";

/** No Date reaches further (ECMA-262). */
const MAX_DATE_MS = 8_640_000_000_000_000n;

/** A stored timestamp to the millisecond; what no date can be stays the number that it is. Null: none. */
export function storedTime(timestampMs: string | null, zone: Zone): string | null {
  if (timestampMs === null) return null;
  const whole = BigInt(timestampMs);
  if (whole < -MAX_DATE_MS || whole > MAX_DATE_MS) return timestampMs;
  const fraction = String(((whole % 1_000n) + 1_000n) % 1_000n).padStart(3, "0");
  return `${formatDateTime(Number(whole - BigInt(fraction)), zone)}.${fraction}`;
}

/** The same, without the day where that is another's too. */
export function storedTimeAfter(timestampMs: string | null, beforeMs: string | null, zone: Zone): string | null {
  const [text, before] = [storedTime(timestampMs, zone), storedTime(beforeMs, zone)];
  const day = text?.split(" ")[0];
  if (text === null || before === null || day === undefined || !before.startsWith(`${day} `)) return text;
  return text.slice(day.length + 1);
}
