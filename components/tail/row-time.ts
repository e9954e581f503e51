import type { MessageTimestamp } from "#lib/contracts/message-row.ts";
import { UNKNOWN } from "#lib/format.ts";
import { formatDateTime, formatTime, MAX_DATE_MS, type Zone } from "#lib/time.ts";
import type { TimeFormat } from "./tail-url.ts";

const DAY_MS = 86_400_000;

/** Rows of one second share its text: a formatter costs more than all the rest of a row. */
let lastSecond = Number.NaN;
let lastZone: Zone = "";
let lastText = "";

/** "02:14:07.374": the time of day alone, for what is less than a day old; else the date before it, without milliseconds. */
function clockText(ms: number, zone: Zone, nowMs: number): string {
  if (Math.abs(nowMs - ms) >= DAY_MS) return formatDateTime(ms, zone).slice(5);
  const second = Math.floor(ms / 1_000);
  if (second !== lastSecond || zone !== lastZone) {
    lastText = formatTime(second * 1_000, zone);
    lastSecond = second;
    lastZone = zone;
  }
  return `${lastText}.${millis(ms)}`;
}

function millis(ms: number): string {
  return String(((ms % 1_000) + 1_000) % 1_000).padStart(3, "0");
}

/** "4.2 s", "3 min", "5 h", "12 d": how long before now; with a minus when a clock is ahead. */
function sinceText(ms: number, nowMs: number): string {
  const age = nowMs - ms;
  const sign = age < 0 ? "−" : "";
  const span = Math.abs(age);
  if (span < 10_000) return `${sign}${(span / 1_000).toFixed(1)} s`;
  if (span < 120_000) return `${sign}${Math.round(span / 1_000)} s`;
  if (span < 7_200_000) return `${sign}${Math.round(span / 60_000)} min`;
  if (span < 2 * DAY_MS) return `${sign}${Math.round(span / 3_600_000)} h`;
  return `${sign}${Math.round(span / DAY_MS)} d`;
}

/** A message's timestamp as the column shows it. A timestamp beyond dates is shown as its digits; -1 is none. */
export function rowTimeText(timestamp: MessageTimestamp, format: TimeFormat, zone: Zone, nowMs: number): string {
  if (timestamp === -1) return UNKNOWN;
  if (typeof timestamp === "string" || Math.abs(timestamp) > MAX_DATE_MS || format === "epoch")
    return String(timestamp);
  switch (format) {
    case "clock":
      return clockText(timestamp, zone, nowMs);
    case "full":
      return `${formatDateTime(timestamp, zone)}.${millis(timestamp)}`;
    case "since":
      return sinceText(timestamp, nowMs);
  }
}

export const timeColumnWidth: Record<TimeFormat, number> = { clock: 98, full: 168, epoch: 104, since: 72 };
