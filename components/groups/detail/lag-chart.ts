import { place, type RulerScale } from "#components/ui/ruler-chart.ts";
import type { GroupLag } from "#lib/contracts/groups.ts";

export interface LagSeries {
  /** "orders-3"; "total". */
  readonly key: string;
  /** Null: the total. */
  readonly topic: string | null;
  readonly partition: number | null;
  /** Oldest first; null where it was not read. */
  readonly values: readonly (bigint | null)[];
  /** The newest that was read. */
  readonly last: bigint | null;
}

const MINUTE_MS = 60_000;

/** What may be drawn, from narrow to wide, with the ruler of each. */
const WINDOWS = [
  { windowMs: 5 * MINUTE_MS, fineMs: MINUTE_MS / 6, halfMs: MINUTE_MS / 2, wholeMs: MINUTE_MS },
  { windowMs: 15 * MINUTE_MS, fineMs: MINUTE_MS / 2, halfMs: MINUTE_MS, wholeMs: 5 * MINUTE_MS },
  { windowMs: 30 * MINUTE_MS, fineMs: MINUTE_MS, halfMs: 2.5 * MINUTE_MS, wholeMs: 5 * MINUTE_MS },
  { windowMs: 60 * MINUTE_MS, fineMs: MINUTE_MS, halfMs: 5 * MINUTE_MS, wholeMs: 10 * MINUTE_MS },
] as const;

/** The narrowest window that shows all samples; at most an hour, which is what the server keeps. */
export function chartWindow(atMs: readonly number[]): (typeof WINDOWS)[number] {
  const span = (atMs.at(-1) ?? 0) - (atMs[0] ?? 0);
  return WINDOWS.find(({ windowMs }) => span <= windowMs) ?? WINDOWS[3];
}

/** One line for all, or those of the partitions, in their order: which lags most changes from sample to sample. */
export function lagSeries(lag: GroupLag, lines: "partitions" | "total"): LagSeries[] {
  if (lines === "total") return [seriesOf("total", null, null, lag.total)];
  return lag.partitions
    .toSorted((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
    .map(({ topic, partition, lag: values }) => seriesOf(`${topic}-${partition}`, topic, partition, values));
}

function seriesOf(
  key: string,
  topic: string | null,
  partition: number | null,
  texts: readonly (string | null)[],
): LagSeries {
  const values = texts.map((text) => (text === null ? null : BigInt(text)));
  return { key, topic, partition, values, last: values.findLast((value) => value !== null) ?? null };
}

/** The top of the value axis: 1, 2, 4, 5, 8 or 10 times a power of ten, at or above the highest value. */
export function chartTop(series: readonly LagSeries[]): bigint {
  let highest = 1n;
  for (const { values } of series) for (const value of values) if (value !== null && value > highest) highest = value;
  const power = 10n ** BigInt(highest.toString().length - 1);
  for (const factor of [1n, 2n, 4n, 5n, 8n]) if (highest <= factor * power) return factor * power;
  return 10n * power;
}

/** Share of the top, from 0 to 1; exact to a hundred-thousandth, however large the numbers. */
export function shareOf(value: bigint, top: bigint): number {
  return Number((value * 100_000n) / top) / 100_000;
}

/** Paths in a box of 100 × 100, one per run of samples without a gap. */
export function linePaths(
  values: readonly (bigint | null)[],
  atMs: readonly number[],
  { fromMs, toMs }: Pick<RulerScale, "fromMs" | "toMs">,
  top: bigint,
): string[] {
  const paths: string[] = [];
  let drawing = false;
  for (const [index, value] of values.entries()) {
    const at = atMs[index];
    if (value === null || at === undefined || at < fromMs) {
      drawing = false;
      continue;
    }
    const point = `${place((at - fromMs) / (toMs - fromMs))} ${place(1 - shareOf(value, top))}`;
    if (drawing) paths[paths.length - 1] += `L${point}`;
    else paths.push(`M${point}`);
    drawing = true;
  }
  // A sample alone still shows: a line of no length, with round ends.
  return paths.map((path) => (path.includes("L") ? path : `${path}h.01`));
}

export interface EndLabel {
  /** Of one line, or of several that end too close to the ground to be told apart. */
  readonly series: readonly LagSeries[];
  /** The highest of their ends. */
  readonly value: bigint;
  /** Pixels from the top of the plot to the label's middle. */
  readonly y: number;
}

const LABEL_PX = 14;
/** Lines that end below this share of the top share a label. */
const LOW = 0.04;

/** What stands at the right end of the lines: in their order, never one over another, the low ones as one. */
export function endLabels(series: readonly LagSeries[], top: bigint, heightPx: number): EndLabel[] {
  const ending = series
    .flatMap((one) => (one.last === null ? [] : [{ series: [one], value: one.last }]))
    .toSorted((a, b) => (a.value < b.value ? 1 : a.value > b.value ? -1 : 0));
  const low = ending.filter(({ value }) => shareOf(value, top) < LOW);
  const [firstLow] = low;
  const labels =
    firstLow === undefined || low.length === 1
      ? ending
      : [
          ...ending.slice(0, ending.length - low.length),
          { series: low.flatMap((label) => label.series), value: firstLow.value },
        ];
  const placed = labels.map((label) => ({ ...label, y: (1 - shareOf(label.value, top)) * heightPx }));
  for (const [index, label] of placed.entries()) {
    const above = placed[index - 1];
    if (above !== undefined) label.y = Math.max(label.y, above.y + LABEL_PX);
  }
  // What was pushed below the ground goes up again, and pushes what is above it.
  for (let [index, floor] = [placed.length - 1, heightPx]; index >= 0; index--) {
    const label = placed[index];
    if (label === undefined || label.y <= floor) break;
    label.y = floor;
    floor -= LABEL_PX;
  }
  return placed;
}

/** The sample nearest to a share (0 to 1) of the width; null when there is none within the window. */
export function nearestSample(
  atMs: readonly number[],
  { fromMs, toMs }: Pick<RulerScale, "fromMs" | "toMs">,
  share: number,
): number | null {
  const at = fromMs + share * (toMs - fromMs);
  let nearest: number | null = null;
  for (const [index, one] of atMs.entries()) {
    if (one < fromMs) continue;
    if (nearest === null || Math.abs(one - at) < Math.abs((atMs[nearest] ?? 0) - at)) nearest = index;
  }
  return nearest;
}
