/** Where a tail starts in each partition. Offsets as decimal text. */
export type TailStart =
  | { readonly kind: "now" }
  | { readonly kind: "earliest" }
  /** The last so many offsets of each partition. */
  | { readonly kind: "last"; readonly count: number }
  /** So long before the tail begins. */
  | { readonly kind: "ago"; readonly ms: number }
  | { readonly kind: "at"; readonly timestampMs: number }
  | { readonly kind: "offset"; readonly offset: string };

const MAX_LAST = 100_000;
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MAX_AGO_MS = 3_650 * UNITS.d;
const INT64_MAX = 9_223_372_036_854_775_807n;

/**
 * `now`, `earliest`, `last:100`, `-5m` (s, m, h, d), `2026-11-21T02:00:00Z` (any ISO instant with a zone, or
 * milliseconds since 1970), `offset:991`.
 * @throws {RangeError} in words for the person who typed it
 */
export function parseTailStart(text: string): TailStart {
  if (text === "now" || text === "earliest") return { kind: text };
  const last = /^last:([1-9]\d{0,5})$/.exec(text)?.[1];
  if (last !== undefined && Number(last) <= MAX_LAST) return { kind: "last", count: Number(last) };
  const [, amount, unit] = /^-(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) {
    const ms = Number(amount) * UNITS[unit as keyof typeof UNITS];
    if (ms > 0 && ms <= MAX_AGO_MS) return { kind: "ago", ms };
  }
  const offset = /^offset:(0|[1-9]\d{0,18})$/.exec(text)?.[1];
  if (offset !== undefined && BigInt(offset) <= INT64_MAX) return { kind: "offset", offset };
  const timestampMs = parseInstant(text);
  if (timestampMs !== null) return { kind: "at", timestampMs };
  throw new RangeError(
    "not a place to start from: now, earliest, last:100, -5m, 2026-11-21T02:00:00Z or offset:991 would be",
  );
}

export function formatTailStart(start: TailStart): string {
  switch (start.kind) {
    case "last":
      return `last:${start.count}`;
    case "ago": {
      const [unit, ms] = Object.entries(UNITS).findLast(([, size]) => start.ms % size === 0) ?? ["s", UNITS.s];
      return `-${Math.max(1, Math.round(start.ms / ms))}${unit}`;
    }
    case "at":
      return new Date(start.timestampMs).toISOString();
    case "offset":
      return `offset:${start.offset}`;
    default:
      return start.kind;
  }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

function parseInstant(text: string): number | null {
  const ms = /^\d{10,15}$/.test(text) ? Number(text) : INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isSafeInteger(ms) && ms >= 0 ? ms : null;
}
