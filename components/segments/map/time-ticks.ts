import { formatMinute, formatTime, type Zone } from "#lib/time.ts";
import type { Tick } from "./axis-ticks.ts";
import { type Domain, shareOf } from "./shares.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Labelled steps, each with the fine one that divides it. */
const STEPS: readonly (readonly [wholeMs: number, fineMs: number])[] = [
  [SECOND / 5, SECOND / 20],
  [SECOND / 2, SECOND / 10],
  [SECOND, SECOND / 5],
  [5 * SECOND, SECOND],
  [15 * SECOND, 5 * SECOND],
  [30 * SECOND, 5 * SECOND],
  [MINUTE, 10 * SECOND],
  [5 * MINUTE, MINUTE],
  [15 * MINUTE, 5 * MINUTE],
  [30 * MINUTE, 5 * MINUTE],
  [HOUR, 10 * MINUTE],
  [3 * HOUR, HOUR],
  [6 * HOUR, HOUR],
  [12 * HOUR, 3 * HOUR],
  [DAY, 6 * HOUR],
  [2 * DAY, DAY / 2],
  [7 * DAY, DAY],
  [14 * DAY, 7 * DAY],
];
/** Longer ones, in months. */
const MONTHS: readonly (readonly [whole: number, fine: number])[] = [
  [1, 1],
  [3, 1],
  [6, 1],
  [12, 3],
  [24, 12],
  [60, 12],
  [120, 12],
  [600, 120],
];
const MONTH_MS = 30 * DAY;
const MAX_TICKS = 2_000;

/** Ticks on round times of the viewer's zone: midnights are midnights there, on both sides of a change of the clock too. */
export function timeTicks(domain: Domain, zone: Zone, labels: number): Tick[] {
  const [fromMs, toMs] = [Number(domain.from), Number(domain.to)];
  const wanted = (toMs - fromMs) / Math.max(1, labels);
  const step = STEPS.find(([whole]) => whole >= wanted);
  const clock = new ZoneClock(zone);
  return (step === undefined ? monthTicks(wanted) : clockTicks(step)).flatMap(({ localMs, label, size }) => {
    const atMs = clock.utcOf(localMs);
    if (atMs < fromMs || atMs > toMs) return [];
    return [{ share: shareOf(BigInt(Math.round(atMs)), domain), size, label: label === null ? null : label(atMs) }];
  });

  function clockTicks([whole, fine]: readonly [number, number]): LocalTick[] {
    const ticks: LocalTick[] = [];
    // Weeks begin on a Monday: the epoch was a Thursday.
    const origin = whole % (7 * DAY) === 0 ? 4 * DAY : 0;
    const start = Math.floor((clock.localOf(fromMs) - origin) / fine) * fine + origin;
    for (let localMs = start; localMs <= clock.localOf(toMs) && ticks.length < MAX_TICKS; localMs += fine) {
      const isWhole = (localMs - origin) % whole === 0;
      ticks.push({ localMs, size: isWhole ? "whole" : "fine", label: isWhole ? labelFor(whole, localMs) : null });
    }
    return ticks;
  }

  function labelFor(whole: number, localMs: number): (atMs: number) => string {
    if (localMs % DAY === 0) return () => dayOf(localMs, toMs - fromMs);
    if (localMs % SECOND !== 0) return (atMs) => `${formatTime(atMs, zone)}.${(localMs % SECOND) / 100}`;
    return (atMs) => (whole < MINUTE ? formatTime(atMs, zone) : formatMinute(atMs, zone));
  }

  function monthTicks(wantedMs: number): LocalTick[] {
    const [whole, fine] = MONTHS.find(([months]) => months * MONTH_MS >= wantedMs) ?? [600, 120];
    const start = new Date(clock.localOf(fromMs));
    const ticks: LocalTick[] = [];
    let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / fine) * fine;
    for (; ticks.length < MAX_TICKS; month += fine) {
      const localMs = Date.UTC(Math.floor(month / 12), month % 12, 1);
      if (localMs > clock.localOf(toMs)) break;
      const isWhole = month % whole === 0;
      ticks.push({ localMs, size: isWhole ? "whole" : "fine", label: isWhole ? () => monthOf(localMs) : null });
    }
    return ticks;
  }
}

interface LocalTick {
  readonly localMs: number;
  readonly size: Tick["size"];
  readonly label: ((atMs: number) => string) | null;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "Fri 13" within a month, else "13 Nov": of a clock's reading, not of a moment. */
function dayOf(localMs: number, lengthMs: number): string {
  const date = new Date(localMs);
  const day = date.getUTCDate();
  return lengthMs < MONTH_MS ? `${DAYS[date.getUTCDay()]} ${day}` : `${day} ${MONTH_NAMES[date.getUTCMonth()]}`;
}

function monthOf(localMs: number): string {
  const date = new Date(localMs);
  return date.getUTCMonth() === 0
    ? `${date.getUTCFullYear()}`
    : `${MONTH_NAMES[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A zone's clock readings as if they were UTC, and back. */
class ZoneClock {
  readonly #format: Intl.DateTimeFormat;

  constructor(zone: Zone) {
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "iso8601",
      numberingSystem: "latn",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    });
  }

  localOf(atMs: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(atMs)) parts[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const fraction = ((atMs % SECOND) + SECOND) % SECOND;
    return Date.UTC(year, month - 1, day, hour, minute, second) + fraction;
  }

  /** A reading that the clock skips or repeats is one of the moments beside it. */
  utcOf(localMs: number): number {
    const guess = localMs - (this.localOf(localMs) - localMs);
    return guess - (this.localOf(guess) - localMs);
  }
}
