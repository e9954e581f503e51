import { parseConfigText } from "./config-units.ts";
import { formatDateTime, MAX_DATE_MS, type Zone } from "./time.ts";

/** What people type for a moment, a span of time and an offset, as what the API takes. */

const INT64_MAX = 9_223_372_036_854_775_807n;
const INT64_MIN = -9_223_372_036_854_775_808n;
const MAX_DURATION_MS = 100 * 365 * 86_400_000;

/** An int64 as decimal text, groups of digits and a sign allowed: "48 059 213", "+1,000", "−5". Null when it is none. */
export function parseInt64(text: string): string | null {
  const written = text.trim().replace(/^[−–]/, "-").replace(/^\+/, "");
  if (!/^-?\d(?:[\d,_\s]*\d)?$/.test(written)) return null;
  const digits = written.replace(/[,_\s]/g, "");
  if (digits.length > 20) return null;
  const value = BigInt(digits);
  return value > INT64_MAX || value < INT64_MIN ? null : value.toString();
}

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;
const LOCAL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?([.,]\d{1,9})?)?$/i;

/** "14:46", "9:05:30.25": a time of the day alone. */
const TIME = /^(\d?\d):(\d\d)(:\d\d)?([.,]\d{1,9})?$/;
/** What `parseMoment` reads, for whoever typed something else. */
export const MOMENT_FORMS = "14:46 for today, 2026-11-20 14:46, 10m for ten minutes ago, or an instant that ends in Z";

/**
 * A moment in milliseconds since 1970: an ISO instant, those milliseconds themselves, a date and time without a zone, which
 * is one of `zone`, a time of today there, or a span of time back from now ("10m"). Null when it is none, or before 1970.
 */
export function parseMoment(text: string, zone: Zone, nowMs: number = Date.now()): number | null {
  return parseFixedMoment(text, zone) ?? parseMomentFromNow(text, zone, nowMs);
}

/** The same, of those that mean another moment later on: a time of today, and a span of time back. */
export function parseMomentFromNow(text: string, zone: Zone, nowMs: number): number | null {
  const written = text.trim();
  const [, hour, minute, seconds = "", fraction = ""] = TIME.exec(written) ?? [];
  if (hour !== undefined) {
    const today = formatDateTime(nowMs, zone).slice(0, 10);
    return parseFixedMoment(`${today}T${hour.padStart(2, "0")}:${minute}${seconds}${fraction}`, zone);
  }
  const back = parseDuration(written.replace(/\s*ago$/i, ""));
  return back === null ? null : within(nowMs - back);
}

function parseFixedMoment(text: string, zone: Zone): number | null {
  const written = text.trim();
  if (/^\d{5,16}$/.test(written)) return within(Number(written));
  if (INSTANT.test(written)) return within(Date.parse(written.replace(" ", "T").replace(",", ".").toUpperCase()));
  const [, date, minutes = "00:00", seconds = ":00", fraction = ""] = LOCAL.exec(written) ?? [];
  if (date === undefined) return null;
  const asUtc = Date.parse(`${date}T${minutes}${seconds}${fraction.replace(",", ".")}Z`);
  return Number.isNaN(asUtc) ? null : within(inZone(asUtc, zone));
}

/** The moment at which a clock of `zone` shows what a clock of UTC shows at `asUtcMs`. */
function inZone(asUtcMs: number, zone: Zone): number {
  const ahead = (ms: number) =>
    Date.parse(`${formatDateTime(ms, zone).replace(" ", "T")}Z`) - Math.floor(ms / 1_000) * 1_000;
  const guess = asUtcMs - ahead(asUtcMs);
  // Once more, for a change of the clocks between the two.
  return asUtcMs - ahead(guess);
}

function within(ms: number): number | null {
  return Number.isSafeInteger(ms) && ms >= 0 && ms <= MAX_DATE_MS ? ms : null;
}

/** "2026-11-20T02:20:00": what a date picker without a zone is given, to the second. */
export function pickerValue(ms: number, zone: Zone): string {
  return formatDateTime(ms, zone).replace(" ", "T");
}

const ISO_DURATION = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?$/i;

/** A span of time in milliseconds: "15 min", "1 d 12 h", or "PT15M" as Kafka's tool takes it. Null without a unit. */
export function parseDuration(text: string): number | null {
  const written = text.trim().replace(/^[-−–]\s*/, "");
  const iso = ISO_DURATION.exec(written);
  if (iso !== null && written.length > 2) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = iso.slice(1).map((part) => Number(part ?? 0));
    return bounded((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000);
  }
  if (!/[a-z]/i.test(written)) return null;
  const ms = parseConfigText("duration.ms", written);
  return ms === null ? null : bounded(Number(ms));
}

function bounded(ms: number): number | null {
  return Number.isSafeInteger(ms) && ms >= 0 && ms <= MAX_DURATION_MS ? ms : null;
}
