import { formatDuration } from "./format.ts";

const NBSP = "\u00a0";

/**
 * Units of Kafka's configs, told by their names (Kafka has no machine-readable unit), and their values as people read
 * them. Values are int64 as text: bigint inside, never a JS number.
 */
export type ConfigUnit = "time" | "bytes" | "bytes-per-second";

export interface UnitStep {
  readonly name: string;
  /** In the config's own unit. */
  readonly size: bigint;
}

const timeSteps = [
  { name: "days", size: 86_400_000n },
  { name: "hours", size: 3_600_000n },
  { name: "minutes", size: 60_000n },
  { name: "seconds", size: 1_000n },
  { name: "milliseconds", size: 1n },
] as const satisfies readonly UnitStep[];

const byteSteps = [
  { name: "TiB", size: 1n << 40n },
  { name: "GiB", size: 1n << 30n },
  { name: "MiB", size: 1n << 20n },
  { name: "KiB", size: 1n << 10n },
  { name: "bytes", size: 1n },
] as const satisfies readonly UnitStep[];

export function stepsOf(unit: "time" | "bytes"): readonly UnitStep[] {
  return unit === "time" ? timeSteps : byteSteps;
}

const TIME_SUFFIX: readonly (readonly [RegExp, bigint])[] = [
  [/\.(ms|millis)$/, 1n],
  [/\.seconds$/, 1_000n],
  [/\.minutes$/, 60_000n],
  [/\.hours$/, 3_600_000n],
];
const BYTES = /(\.bytes|\.buffer\.size|\.bytes\.max)$|^max\.connection\.creation\.bytes$|\.max\.bytes$/;
const BYTES_PER_SECOND = /(\.bytes\.per\.second|\.throttled\.rate|\.max\.bytes\.per\.sec)$/;

/** What a config counts; null when its name doesn't tell. */
export function configUnit(name: string): ConfigUnit | null {
  if (BYTES_PER_SECOND.test(name)) return "bytes-per-second";
  if (BYTES.test(name)) return "bytes";
  return TIME_SUFFIX.some(([suffix]) => suffix.test(name)) ? "time" : null;
}

const INT64_MAX = 9_223_372_036_854_775_807n;

/**
 * A config's value as people read it: "7 d", "1 GiB", "no limit"; "≈" before one that is rounded.
 * Null when there is nothing to add to the value itself.
 */
export function humanConfigValue(name: string, value: string | null): string | null {
  const unit = configUnit(name);
  if (unit === null || value === null) return null;
  if (/^1\.797\d*E308$/i.test(value)) return "no limit";
  const plain = value.replace(/\.0+$/, "");
  if (!/^-?\d{1,19}$/.test(plain)) return null;
  const number = BigInt(plain);
  if (number === -2n && /(^|\.)local\.retention\./.test(name)) return `same as ${name.replace("local.", "")}`;
  if (number === -1n) return /^socket\..*\.buffer\.bytes$/.test(name) ? "the system's own" : "no limit";
  if (number < 0n) return null;
  if (number === INT64_MAX) return "no limit";
  if (unit === "time") {
    const scale = TIME_SUFFIX.find(([suffix]) => suffix.test(name))?.[1] ?? 1n;
    const text = humanDuration(number * scale);
    return text === `${plain}${NBSP}ms` ? null : text;
  }
  const text = humanBytes(number);
  if (text === `${plain}${NBSP}B` && unit === "bytes") return null;
  return unit === "bytes" ? text : `${text}/s`;
}

/** In its two largest units: "1 d 12 h"; "≈" when a smaller remainder is left out. */
function humanDuration(ms: bigint): string {
  const first = timeSteps.findIndex((step) => ms >= step.size);
  const smallestShown = timeSteps[first + 1] ?? timeSteps[first];
  const exact = smallestShown === undefined || ms % smallestShown.size === 0n;
  return `${exact ? "" : `≈${NBSP}`}${formatDuration(ms)}`;
}

/** In the largest unit it fills, up to two decimals: "1.5 GiB"; "≈" when more would be needed. */
function humanBytes(bytes: bigint): string {
  const step = byteSteps.find(({ size }) => bytes >= size);
  if (!step) return `0${NBSP}B`;
  const hundredths = (bytes * 100n) / step.size;
  const exact = hundredths * step.size === bytes * 100n;
  return `${exact ? "" : `≈${NBSP}`}${decimal(hundredths, 2)}${NBSP}${step.name === "bytes" ? "B" : step.name}`;
}

/** A whole number of 10^-digits as decimal text without trailing zeros. */
function decimal(scaled: bigint, digits: number): string {
  const text = scaled.toString().padStart(digits + 1, "0");
  const fraction = text.slice(-digits).replace(/0+$/, "");
  return fraction === "" ? text.slice(0, -digits) : `${text.slice(0, -digits)}.${fraction}`;
}

/** A number of some unit, as two fields of a form hold it. `amount` is what the person typed. */
export interface Amount {
  readonly amount: string;
  readonly unit: string;
}

/** The value in the largest unit that divides it, so that nothing is rounded. */
export function toAmount(value: string, unit: "time" | "bytes"): Amount {
  const steps = stepsOf(unit);
  const smallest = steps.at(-1)?.name ?? "";
  if (!/^\d{1,19}$/.test(value)) return { amount: value, unit: smallest };
  const number = BigInt(value);
  const step = steps.find(({ size }) => number !== 0n && number % size === 0n);
  return step ? { amount: (number / step.size).toString(), unit: step.name } : { amount: value, unit: smallest };
}

/**
 * The value in the config's own unit, as text; decimals are allowed while the result is whole ("1.5" days).
 * Null when the amount is no such number, is negative, or passes int64.
 */
export function fromAmount({ amount, unit }: Amount, of: "time" | "bytes"): string | null {
  const step = stepsOf(of).find(({ name }) => name === unit);
  const match = /^(\d{1,19})(?:[.,](\d{1,9}))?$/.exec(amount.trim());
  if (!step || !match) return null;
  const [, whole = "0", fraction = ""] = match;
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * step.size;
  if (scaled % scale !== 0n) return null;
  const result = scaled / scale;
  return result <= INT64_MAX ? result.toString() : null;
}
