import type { LocateStep } from "#lib/contracts/segment-look-ups.ts";

export type IndexStep = Extract<LocateStep, { step: "time-index" | "offset-index" }>;
export type Probe = IndexStep["probes"][number];

/** One probe as it is drawn: what was left of the index then, and where it was looked at. In percent of the index's width. */
export interface ProbeRow {
  readonly left: number;
  readonly width: number;
  readonly at: number;
  readonly compared: Probe["compared"];
  /** The search ends at it. */
  readonly found: boolean;
  /** What it tells, in words. */
  readonly says: string;
}

/** A search row by row: the first look cuts off the warm end, or all but it; then each probe halves what is left. */
export function probeRows({ probes, entries, found }: Pick<IndexStep, "probes" | "entries" | "found">): ProbeRow[] {
  let low = 0;
  let high = entries - 1;
  // The first entry may be looked at twice.
  const end = found === null ? -1 : probes.findLastIndex(({ entry }) => entry === found.entry);
  return probes.map((probe, index) => {
    const row = {
      left: percent(low, entries),
      width: percent(high - low + 1, entries),
      at: percent(probe.entry + 0.5, entries),
      compared: probe.compared,
      found: index === end,
      says: index === end ? `${saysOf(probe)}: this one` : saysOf(probe),
    };
    if (probe.compared === "before") low = probe.entry;
    else if (probe.compared === "after" && probe.look === "half") high = probe.entry - 1;
    else if (probe.look === "warm-end") high = probe.entry;
    return row;
  });
}

function saysOf({ look, entry, compared }: Probe): string {
  switch (look) {
    case "warm-end":
      // Where all of the index is the warm end, it begins with the first entry.
      if (entry === 0) return compared === "before" ? "after the first entry" : "not after the first entry";
      return compared === "before" ? "in the warm end" : "not in the warm end";
    case "first":
      return compared === "after" ? "before the first entry" : "not before the first entry";
    case "half":
      return { before: "go right", at: "equal", after: "go left" }[compared];
  }
}

function percent(value: number, of: number): number {
  return of === 0 ? 0 : Math.round((value / of) * 100_000) / 1_000;
}
