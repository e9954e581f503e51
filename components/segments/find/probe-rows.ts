import type { LocateStep } from "#lib/contracts/segment-look-ups.ts";

export type IndexStep = Extract<LocateStep, { step: "time-index" | "offset-index" }>;
export type Probe = IndexStep["probes"][number];

/** One probe as it is drawn: what was left of the index then, and where it was looked at. In percent of the index's width. */
export interface ProbeRow {
  readonly left: number;
  readonly width: number;
  readonly at: number;
  /** At or before the target: the search goes on to the right of it. */
  readonly before: boolean;
  readonly found: boolean;
}

/** A binary search row by row: each probe halves what is left. */
export function probeRows({ probes, entries, found }: Pick<IndexStep, "probes" | "entries" | "found">): ProbeRow[] {
  let low = 0;
  let high = entries;
  return probes.map((probe) => {
    const row = {
      left: percent(low, entries),
      width: percent(high - low, entries),
      at: percent(probe.entry + 0.5, entries),
      before: probe.before,
      found: probe.entry === found?.entry,
    };
    if (probe.before) low = probe.entry + 1;
    else high = probe.entry;
    return row;
  });
}

function percent(value: number, of: number): number {
  return of === 0 ? 0 : Math.round((value / of) * 100_000) / 1_000;
}
