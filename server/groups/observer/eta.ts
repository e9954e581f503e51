import type { Eta } from "#lib/contracts/groups.ts";

/** Consumers commit every 5 s unless told otherwise, and we sample every 10 s: less than that is keeping up. */
const KEEPING_UP_MS = 10_000;
const MOST_MS = 365 * 86_400_000;

interface Pace {
  readonly lag: bigint | null;
  readonly timeLagMs: number | null;
  readonly committedPerSecond: number | null;
  readonly producedPerSecond: number | null;
}

/** When a partition will have caught up at the pace of the last minute. */
export function etaOf({ lag, timeLagMs, committedPerSecond, producedPerSecond }: Pace): Eta {
  if (lag === 0n) return { kind: "caught-up" };
  if (lag === null || committedPerSecond === null || producedPerSecond === null) return { kind: "unknown" };
  if (committedPerSecond > 0 && timeLagMs !== null && timeLagMs <= KEEPING_UP_MS) return { kind: "caught-up" };
  const gained = committedPerSecond - producedPerSecond;
  const ms = gained > 0 ? Math.ceil((Number(lag) / gained) * 1_000) : Number.POSITIVE_INFINITY;
  return ms > MOST_MS ? { kind: "never" } : { kind: "in", ms };
}
