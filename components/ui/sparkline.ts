interface Sparkline {
  /** One path per run of readings. */
  readonly paths: readonly string[];
  /** Where the newest reading is; null when the newest step has none. */
  readonly last: { readonly x: number; readonly y: number } | null;
}

const INSET = 3;

/** Scales from 0 to the highest value: two lines of one height mean the same share, not the same number. */
export function sparklinePaths(values: readonly (number | null)[], width: number, height: number): Sparkline {
  const top = Math.max(0, ...values.filter((value) => value !== null));
  const step = values.length > 1 ? (width - 2 * INSET) / (values.length - 1) : 0;
  const at = (index: number, value: number) => {
    const x = values.length > 1 ? INSET + index * step : width - INSET;
    const y = top === 0 ? height - INSET : height - INSET - (value / top) * (height - 2 * INSET);
    return { x: round(x), y: round(y) };
  };
  const paths: string[] = [];
  let run: string[] = [];
  const close = () => {
    if (run.length > 0) paths.push(`M${run.length === 1 ? `${run[0]}h.01` : run.join("L")}`);
    run = [];
  };
  for (const [index, value] of values.entries()) {
    if (value === null) close();
    else {
      const point = at(index, value);
      run.push(`${point.x} ${point.y}`);
    }
  }
  close();
  const newest = values.at(-1);
  return { paths, last: newest === null || newest === undefined ? null : at(values.length - 1, newest) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
