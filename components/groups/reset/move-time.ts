import { formatDateTime, type Zone } from "#lib/time.ts";

/** A message's time to the tenth of a second: "02:20:00.0" today, else with its date. "—": unknown. */
export function moveTime(ms: number | null, zone: Zone, nowMs: number): string {
  if (ms === null) return "—";
  const text = formatDateTime(ms, zone);
  const tenth = `.${Math.floor((((ms % 1_000) + 1_000) % 1_000) / 100)}`;
  const [date = "", time = ""] = text.split(" ");
  if (formatDateTime(nowMs, zone).startsWith(date)) return `${time}${tenth}`;
  return formatDateTime(nowMs, zone).startsWith(date.slice(0, 4)) ? `${date.slice(5)} ${time}` : text;
}
