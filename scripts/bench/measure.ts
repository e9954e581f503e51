/** Middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest value that so many percent of `sorted` don't exceed; NaN of none. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** Milliseconds of each of `runs` calls, after `warmUp` calls that don't count. */
export async function timed(runs: number, warmUp: number, call: () => Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    const startMs = performance.now();
    await call();
    if (run >= 0) tookMs.push(performance.now() - startMs);
  }
  return tookMs;
}
