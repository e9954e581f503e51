import { laterOf } from "../../reader/offset-bounds.ts";
import type { LagTrend } from "./group-history.ts";

export interface LagAt {
  readonly atMs: number;
  /** Null: not read. */
  readonly lag: bigint | null;
}

const MOST_POINTS = 30;
const WINDOW_MS = 5 * 60_000;
/** Ends of the window that are compared, each by its mean: commits come in steps, and lag is a saw. */
const END_SHARE = 5n;
/** Less than a twentieth of the lag, or ten messages, is no direction. */
const STEADY_SHARE = 20n;
const STEADY_MESSAGES = 10n;

/** @param samples oldest first. @returns null until two of them were read */
export function lagTrend(samples: readonly LagAt[]): LagTrend | null {
  const lags = samples.map(({ lag }) => lag);
  const read = lags.filter((lag) => lag !== null);
  if (read.length < 2) return null;
  const highest = read.reduce(laterOf, 0n);
  const perPoint = Math.ceil(lags.length / MOST_POINTS);
  const points: (number | null)[] = [];
  // The newest point ends with the newest sample.
  for (let end = lags.length; end > 0; end -= perPoint) {
    const last = lags.slice(Math.max(0, end - perPoint), end).findLast((lag) => lag !== null) ?? null;
    points.unshift(last === null ? null : highest === 0n ? 0 : Number((last * 100n) / highest));
  }
  return { points, highest: highest.toString(), direction: direction(samples) };
}

function direction(samples: readonly LagAt[]): LagTrend["direction"] {
  const newestMs = samples.at(-1)?.atMs ?? 0;
  const lags = samples.flatMap(({ atMs, lag }) => (atMs >= newestMs - WINDOW_MS && lag !== null ? [lag] : []));
  if (lags.length < 2) return null;
  const size = Number((BigInt(lags.length) + END_SHARE - 1n) / END_SHARE);
  const before = mean(lags.slice(0, size));
  const now = mean(lags.slice(-size));
  const steady = laterOf(laterOf(before, now) / STEADY_SHARE, STEADY_MESSAGES);
  if (now - before > steady) return "growing";
  return before - now > steady ? "shrinking" : "steady";
}

function mean(lags: readonly bigint[]): bigint {
  return lags.reduce((sum, lag) => sum + lag, 0n) / BigInt(lags.length);
}
