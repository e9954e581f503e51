/**
 * Numbers as people read them. Takes what the wire carries (decimal text), bigint or number; unknown (null, undefined) is
 * "—", never 0. int64 never passes through a JS number unless it is scaled down first.
 */

export const UNKNOWN = "—";
const NBSP = "\u00a0";

type Whole = bigint | number | string;

/** A number and its unit, apart, so that a screen can set the unit in a quieter ink. */
export interface Quantity {
  readonly value: string;
  /** Empty when there is none. */
  readonly unit: string;
}

/** "2.71 TiB": joined by a no-break space. */
export function quantityText(parts: Quantity | readonly Quantity[] | null): string {
  if (parts === null) return UNKNOWN;
  const list = "value" in parts ? [parts] : parts;
  return list.map(({ value, unit }) => (unit === "" ? value : `${value}${NBSP}${unit}`)).join(NBSP);
}

/** A count with groups: "18,442". A number with a fraction is rounded. */
export function formatCount(value: Whole | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  return groupDigits(toBigInt(value).toString());
}

const COUNT_UNITS = ["k", "M", "G", "T", "P", "E"] as const;

/** A count where there is little room, at most three digits: 18442 → "18.4k", 20000 → "20k". The exact one stands elsewhere. */
export function shortCount(value: Whole | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  const count = toBigInt(value);
  if (count < 0n) return `-${shortCount(-count)}`;
  if (count < 1_000n) return count.toString();
  let size = 1n;
  for (const unit of COUNT_UNITS) {
    size *= 1_000n;
    const tenths = (count * 10n + size / 2n) / size;
    if (tenths < 1_000n && tenths % 10n > 0n) return `${decimals(tenths, 1)}${unit}`;
    const whole = (count + size / 2n) / size;
    if (whole < 1_000n) return `${whole}${unit}`;
  }
  return `${count / size}${COUNT_UNITS.at(-1)}`;
}

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** Bytes in binary units, three significant digits: 2981 → 2.91 KiB. Null when unknown. */
export function bytesQuantity(value: Whole | null | undefined): Quantity | null {
  if (value === null || value === undefined) return null;
  const bytes = toBigInt(value);
  const sign = bytes < 0n ? "-" : "";
  const size = bytes < 0n ? -bytes : bytes;
  let power = 0;
  while (power < BYTE_UNITS.length - 1 && size >= 1024n ** BigInt(power + 1)) power += 1;
  if (power === 0) return { value: `${sign}${size}`, unit: "B" };
  let text = threeDigits(size, 1024n ** BigInt(power));
  if (text === "1,024" && power < BYTE_UNITS.length - 1) {
    power += 1;
    text = "1.00";
  }
  return { value: `${sign}${text}`, unit: BYTE_UNITS[power] ?? "EiB" };
}

/** "2.71 TiB". */
export function formatBytes(value: Whole | null | undefined): string {
  return quantityText(bytesQuantity(value));
}

const DURATION_UNITS = [
  ["d", 86_400_000n],
  ["h", 3_600_000n],
  ["min", 60_000n],
  ["s", 1_000n],
] as const;

/** A span of milliseconds in its two largest units: 564000 → 9 min, 24 s. Below a second: ms. Null when unknown. */
export function durationQuantity(ms: Whole | null | undefined): readonly Quantity[] | null {
  if (ms === null || ms === undefined) return null;
  const total = toBigInt(ms);
  const span = total < 0n ? -total : total;
  const sign = total < 0n ? "-" : "";
  const first = DURATION_UNITS.findIndex(([, unit]) => span >= unit);
  if (first === -1) return [{ value: `${sign}${span}`, unit: "ms" }];
  const [largest, second] = [DURATION_UNITS[first], DURATION_UNITS[first + 1]];
  if (largest === undefined) return null;
  const parts = [{ value: `${sign}${formatCount(span / largest[1])}`, unit: largest[0] as string }];
  const rest = second === undefined ? 0n : (span % largest[1]) / second[1];
  if (second !== undefined && rest > 0n) parts.push({ value: rest.toString(), unit: second[0] });
  return parts;
}

/** "9 min 24 s". */
export function formatDuration(ms: Whole | null | undefined): string {
  return quantityText(durationQuantity(ms));
}

/** Messages a second: 1204.3 → "1,204"; below ten, one decimal; a trickle is "< 0.1", and "0" only when nothing came. */
export function formatRate(perSecond: number | null | undefined): string {
  if (perSecond === null || perSecond === undefined) return UNKNOWN;
  if (perSecond === 0) return "0";
  if (perSecond < 0.05) return `<${NBSP}0.1`;
  if (perSecond < 9.95) return perSecond.toFixed(1);
  return formatCount(Math.round(perSecond));
}

/** "1 partition", "1,204 partitions". */
export function plural(count: Whole, one: string, many = `${one}s`): string {
  return `${formatCount(count)}${NBSP}${toBigInt(count) === 1n ? one : many}`;
}

/** Digits in groups of three from the right: for offsets, whose groups are set apart by CSS so that a copy gives bare digits. */
export function digitGroups(value: Whole): readonly string[] {
  return groupDigits(toBigInt(value).toString()).split(",");
}

/** At least three significant digits of a ratio: 2.71, 61.2, 811, 1,020. */
function threeDigits(size: bigint, unit: bigint): string {
  const hundredths = (size * 100n + unit / 2n) / unit;
  if (hundredths < 1_000n) return decimals(hundredths, 2);
  const tenths = (size * 10n + unit / 2n) / unit;
  if (tenths < 1_000n) return decimals(tenths, 1);
  return groupDigits(((size + unit / 2n) / unit).toString());
}

function decimals(scaled: bigint, places: number): string {
  const digits = scaled.toString().padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function toBigInt(value: Whole): bigint {
  return typeof value === "number" ? BigInt(Math.round(value)) : BigInt(value);
}
