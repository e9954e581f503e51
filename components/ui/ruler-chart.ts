export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export interface RulerScale {
  readonly fromMs: number;
  readonly toMs: number;
  /** The top of the value axis: 1, 2, 4, 5 or 8 times a power of ten. */
  readonly top: number;
}

/** Two points further apart than this many steps have a gap between them. */
const GAP_STEPS = 1.6;

/** The smallest round number at or above the highest value, so that half of it reads easily too. */
export function niceTop(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  for (const factor of [1, 2, 4, 5, 8, 10]) if (highest <= factor * power) return factor * power;
  return 10 * power;
}

/** Paths in a box of 100 × 100, one per run of points without a gap. `stepMs` is the distance of neighbours. */
export function rulerPaths(points: readonly Point[], { fromMs, toMs, top }: RulerScale, stepMs: number): string[] {
  const paths: string[] = [];
  let previous: Point | null = null;
  for (const point of points) {
    if (point.atMs < fromMs || point.atMs > toMs) continue;
    const at = `${place((point.atMs - fromMs) / (toMs - fromMs))} ${place(1 - point.value / top)}`;
    if (previous === null || point.atMs - previous.atMs > stepMs * GAP_STEPS) paths.push(`M${at}`);
    else paths[paths.length - 1] += `L${at}`;
    previous = point;
  }
  // A point alone still shows: a line of no length, with round ends.
  return paths.map((path) => (path.includes("L") ? path : `${path}h.01`));
}

export interface RulerTick {
  /** 0 to 100. */
  readonly x: number;
  readonly atMs: number;
  /** Longer where it is a half, longest where it is labelled. */
  readonly size: "fine" | "half" | "whole";
}

/** Ticks on round times: every `fineMs`, longer at each multiple of `halfMs` and `wholeMs`. */
export function rulerTicks(
  { fromMs, toMs }: Pick<RulerScale, "fromMs" | "toMs">,
  { fineMs, halfMs, wholeMs }: { fineMs: number; halfMs: number; wholeMs: number },
): RulerTick[] {
  const ticks: RulerTick[] = [];
  for (let atMs = Math.ceil(fromMs / fineMs) * fineMs; atMs <= toMs; atMs += fineMs) {
    const size = atMs % wholeMs === 0 ? "whole" : atMs % halfMs === 0 ? "half" : "fine";
    ticks.push({ x: place((atMs - fromMs) / (toMs - fromMs)), atMs, size });
  }
  return ticks;
}

/** The point nearest to a share (0 to 1) of the width; null when there is none. */
export function nearestPoint(points: readonly Point[], { fromMs, toMs }: RulerScale, share: number): Point | null {
  const at = fromMs + share * (toMs - fromMs);
  let nearest: Point | null = null;
  for (const point of points) {
    if (nearest === null || Math.abs(point.atMs - at) < Math.abs(nearest.atMs - at)) nearest = point;
  }
  return nearest;
}

/** A share of 0 to 1 in a box 100 wide, to a hundredth. */
export function place(share: number): number {
  return Math.round(share * 10_000) / 100;
}
