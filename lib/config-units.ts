import { formatDuration } from "./format.ts";

const NBSP = "\u00a0";

/**
 * Units of Kafka's configs, told by their names (Kafka has no machine-readable unit), and their values as people read
 * them. Values are int64 as text: bigint inside, never a JS number.
 */
export type ConfigUnit = "time" | "bytes" | "bytes-per-second";

const TIME_STEPS = [86_400_000n, 3_600_000n, 60_000n, 1_000n, 1n] as const;
const BYTE_STEPS = [
  ["TiB", 1n << 40n],
  ["GiB", 1n << 30n],
  ["MiB", 1n << 20n],
  ["KiB", 1n << 10n],
  ["B", 1n],
] as const;

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
  if (value === INT64_MAX.toString()) return "no limit";
  if (unit === null || value === null) return null;
  if (/^1\.797\d*E308$/i.test(value)) return "no limit";
  const plain = value.replace(/\.0+$/, "");
  if (!/^-?\d{1,19}$/.test(plain)) return null;
  const number = BigInt(plain);
  if (number === -2n && /(^|\.)local\.retention\./.test(name)) return `same as ${name.replace("local.", "")}`;
  if (number === -1n) return /^socket\..*\.buffer\.bytes$/.test(name) ? "the system's own" : "no limit";
  if (number < 0n) return null;
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
  const first = TIME_STEPS.findIndex((step) => ms >= step);
  const smallestShown = TIME_STEPS[first + 1] ?? 1n;
  return `${ms % smallestShown === 0n ? "" : `≈${NBSP}`}${formatDuration(ms)}`;
}

/** In the largest unit it fills, up to two decimals: "1.5 GiB"; "≈" when more would be needed. */
function humanBytes(bytes: bigint): string {
  const [unit, size] = BYTE_STEPS.find(([, step]) => bytes >= step) ?? (["B", 1n] as const);
  const hundredths = (bytes * 100n) / size;
  const exact = hundredths * size === bytes * 100n;
  return `${exact ? "" : `≈${NBSP}`}${decimal(hundredths, 2)}${NBSP}${unit}`;
}

/** A whole number of 10^-digits as decimal text without trailing zeros. */
function decimal(scaled: bigint, digits: number): string {
  const text = scaled.toString().padStart(digits + 1, "0");
  const fraction = text.slice(-digits).replace(/0+$/, "");
  return fraction === "" ? text.slice(0, -digits) : `${text.slice(0, -digits)}.${fraction}`;
}

/**
 * A config's value as a person edits it: "7 d", "1.5 GiB", "no limit", where that loses nothing; else the value itself.
 */
export function configText(name: string, value: string): string {
  const human = humanConfigValue(name, value);
  return human !== null && parseConfigText(name, human) === value ? human : value;
}

/** Accepted words a unit, in the config's own base: milliseconds or bytes. SI prefixes are decimal, as on a disk's label. */
const UNIT_WORDS: Readonly<Record<"time" | "bytes", readonly (readonly [RegExp, bigint])[]>> = {
  time: [
    [/^(ms|milliseconds?|millis)$/, 1n],
    [/^(s|sec|secs|seconds?)$/, 1_000n],
    [/^(m|min|mins|minutes?)$/, 60_000n],
    [/^(h|hours?)$/, 3_600_000n],
    [/^(d|days?)$/, 86_400_000n],
    [/^(w|weeks?)$/, 604_800_000n],
  ],
  bytes: [
    [/^(b|bytes?)$/, 1n],
    [/^(k|kib)$/, 1n << 10n],
    [/^(m|mib)$/, 1n << 20n],
    [/^(g|gib)$/, 1n << 30n],
    [/^(t|tib)$/, 1n << 40n],
    [/^kb$/, 1_000n],
    [/^mb$/, 1_000_000n],
    [/^gb$/, 1_000_000_000n],
    [/^tb$/, 1_000_000_000_000n],
  ],
};
const NO_LIMIT = /^(no limit|none|unlimited|never|forever)$/i;
const PART = /(\d{1,19})(?:[.,](\d{1,9}))?\s*([a-z]+)?/gi;

/**
 * Reads what a person writes for a config that counts time or bytes: "7 d", "1 d 12 h", "1.5GiB", "no limit", or the
 * bare value. The value in the config's own unit; null when it can't be read so, isn't whole, or passes int64.
 */
export function parseConfigText(name: string, text: string): string | null {
  const unit = configUnit(name);
  const written = text.replaceAll(NBSP, " ").trim().toLowerCase();
  if (unit === null || written === "") return null;
  if (NO_LIMIT.test(written)) return endlessValue(name);
  if (/^-?\d{1,19}$/.test(written)) return BigInt(written) <= INT64_MAX ? BigInt(written).toString() : null;
  if (written.replace(PART, "").trim() !== "") return null;
  let total = 0n;
  for (const [, whole = "0", fraction = "", word = ""] of written.matchAll(PART)) {
    const size = UNIT_WORDS[unit === "time" ? "time" : "bytes"].find(([words]) => words.test(word))?.[1];
    if (size === undefined) return null;
    const scale = 10n ** BigInt(fraction.length);
    const scaled = BigInt(whole + fraction) * size;
    if (scaled % scale !== 0n) return null;
    total += scaled / scale;
  }
  const base = unit === "time" ? (TIME_SUFFIX.find(([suffix]) => suffix.test(name))?.[1] ?? 1n) : 1n;
  if (total % base !== 0n || total / base > INT64_MAX) return null;
  return (total / base).toString();
}

/** What "no limit" is: -1 where Kafka takes that, the largest number elsewhere; null where there always is a limit. */
function endlessValue(name: string): string | null {
  if (/(^|\.)retention\.(ms|bytes)$/.test(name)) return "-1";
  if (/^(flush\.(ms|messages)|max\.compaction\.lag\.ms|message\.timestamp\.(before|after)\.max\.ms)$/.test(name)) {
    return INT64_MAX.toString();
  }
  return null;
}
