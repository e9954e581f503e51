import { HISTORY_SECONDS, type TailSecond } from "#lib/tail/tail-figures.ts";

/** Paths in a box of 600 × 100: one bar a second, the newest at the right. */
export interface TailBars {
  readonly incoming: string;
  readonly matched: string;
  /** On top of seconds that were not all shown. */
  readonly lost: string;
  /** Where the newest pause began, from the left; null when it isn't paused. */
  readonly pauseX: number | null;
  readonly top: number;
}

const STEP = 10;
const BAR = 7;
const INSET = 1.5;
const LOST_HEIGHT = 7;
export const CHART_WIDTH = HISTORY_SECONDS * STEP;

/** Bars of the last minute; `ceiling`: the least that a full height stands for. */
export function tailBars(history: readonly TailSecond[], ceiling = 10): TailBars {
  const top = Math.max(ceiling, ...history.map(({ inPerSecond }) => inPerSecond));
  const parts = { incoming: "", matched: "", lost: "" };
  const skipped = HISTORY_SECONDS - history.length;
  for (const [index, { inPerSecond, matchedPerSecond, lost }] of history.entries()) {
    const x = (skipped + index) * STEP + INSET;
    parts.incoming += bar(x, inPerSecond / top);
    parts.matched += bar(x, Math.min(1, matchedPerSecond / top));
    if (lost > 0) parts.lost += `M${x} 0h${BAR}v${LOST_HEIGHT}h-${BAR}z`;
  }
  return { ...parts, pauseX: pauseStart(history), top };
}

function bar(x: number, share: number): string {
  if (share <= 0) return "";
  const height = Math.max(1.5, share * 100);
  return `M${x} 100h${BAR}v-${round(height)}h-${BAR}z`;
}

function pauseStart(history: readonly TailSecond[]): number | null {
  const lastRunning = history.findLastIndex(({ paused }) => !paused);
  if (lastRunning === history.length - 1) return null;
  return (HISTORY_SECONDS - history.length + lastRunning + 1) * STEP;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export interface TailSlice {
  readonly secondsAgo: number;
  readonly inPerSecond: number;
  readonly matchedPerSecond: number;
  readonly lost: number;
}

/** The chart's twin as a table: six lines of ten seconds, newest first. */
export function tailSlices(history: readonly TailSecond[], seconds = 10): readonly TailSlice[] {
  const slices: TailSlice[] = [];
  for (let end = history.length; end > 0; end -= seconds) {
    const part = history.slice(Math.max(0, end - seconds), end);
    const mean = (of: (second: TailSecond) => number) => part.reduce((sum, one) => sum + of(one), 0) / part.length;
    slices.push({
      secondsAgo: history.length - end,
      inPerSecond: mean(({ inPerSecond }) => inPerSecond),
      matchedPerSecond: mean(({ matchedPerSecond }) => matchedPerSecond),
      lost: part.reduce((sum, { lost }) => sum + lost, 0),
    });
  }
  return slices;
}
