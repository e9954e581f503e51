/** A time zone by its IANA name; "UTC" unless the viewer chose their own. */
export type Zone = string;

/** No Date reaches further from 1970, in either direction (ECMA-262). */
export const MAX_DATE_MS = 8_640_000_000_000_000;

const WEEK_MS = 7 * 86_400_000;

/** Formatters are costly to build and few: one per zone and shape. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** "02:14:07". */
export function formatTime(timestampMs: number, zone: Zone): string {
  const { hour, minute, second } = partsOf(timestampMs, zone);
  return `${hour}:${minute}:${second}`;
}

/** "02:14", for axes. */
export function formatMinute(timestampMs: number, zone: Zone): string {
  const { hour, minute } = partsOf(timestampMs, zone);
  return `${hour}:${minute}`;
}

/** "2026-11-21 02:14:07". */
export function formatDateTime(timestampMs: number, zone: Zone): string {
  const { year, month, day } = partsOf(timestampMs, zone);
  return `${year}-${month}-${day} ${formatTime(timestampMs, zone)}`;
}

/** As short as is clear: a time today, a weekday and time within a week, else the date. */
export function formatMoment(timestampMs: number, zone: Zone, nowMs: number): string {
  const then = partsOf(timestampMs, zone);
  const now = partsOf(nowMs, zone);
  if (then.year === now.year && then.month === now.month && then.day === now.day) return formatTime(timestampMs, zone);
  // A weekday that is to come could be read as the last one.
  if (timestampMs < nowMs && nowMs - timestampMs < WEEK_MS) return `${then.weekday} ${then.hour}:${then.minute}`;
  return `${then.year}-${then.month}-${then.day}`;
}

/** The viewer's own zone, as the browser knows it. */
export function localZone(): Zone {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** True for names this runtime can format in: a cookie may hold anything. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function partsOf(timestampMs: number, zone: Zone): Record<string, string> {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    formatters.set(zone, formatter);
  }
  return Object.fromEntries(formatter.formatToParts(timestampMs).map(({ type, value }) => [type, value]));
}
