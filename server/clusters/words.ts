import type { Sentence } from "#lib/contracts/kafka.ts";

const digits = new Intl.NumberFormat("en");
const small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** "12,178" */
export function number(value: number): string {
  return digits.format(value);
}

/** "1 partition", "12,178 partitions" */
export function count(value: number, singular: string, plural = `${singular}s`): string {
  return `${number(value)} ${value === 1 ? singular : plural}`;
}

/** "three brokers", "14 brokers" */
export function inWords(value: number, singular: string, plural = `${singular}s`): string {
  return `${small[value] ?? number(value)} ${value === 1 ? singular : plural}`;
}

/** "a", "a and b", "a, b, c and 7 more" */
export function listed(items: readonly Sentence[number][], most: number): Sentence {
  const shown = items.length > most ? items.slice(0, most) : items;
  const more = items.length - shown.length;
  const parts: Sentence = [];
  for (const [index, item] of shown.entries()) {
    if (index > 0) parts.push(index === shown.length - 1 && more === 0 ? " and " : ", ");
    parts.push(item);
  }
  if (more > 0) parts.push(` and ${number(more)} more`);
  return parts;
}

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** "7.3 TiB": for sentences, where three digits are enough. */
export function bytes(value: bigint): string {
  let scaled = Number(value);
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${unit === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[unit]}`;
}
