import type { Zone } from "#lib/time.ts";
import { storedMomentText } from "../stored-moment.ts";

/** A stored timestamp to the millisecond; null: unknown. */
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
