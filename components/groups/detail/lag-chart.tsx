"use client";
import { useState } from "react";
import { verdictWords } from "#components/groups/group-words.ts";
import { useZone } from "#components/preferences/preferences.tsx";
import { cn } from "#components/ui/cn.ts";
import { rulerTicks } from "#components/ui/ruler-chart.ts";
import { leftOf, PlotLine, Readout, RulerPlot, TickLabel } from "#components/ui/ruler-plot.tsx";
import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { formatCount, shortCount } from "#lib/format.ts";
import { formatTime } from "#lib/time.ts";
import {
  chartTop,
  chartWindow,
  type EndLabel,
  endLabels,
  type LagSeries,
  linePaths,
  nearestSample,
} from "./lag-chart.ts";
import type { Level } from "./lag-rows.ts";

interface LagChartProps {
  label: string;
  series: readonly LagSeries[];
  atMs: readonly number[];
  levels: ReadonlyMap<string, Level>;
  verdicts: readonly GroupVerdict[];
  /** Where the same is in numbers, for those who can't see the lines. */
  onTable: string;
}

export const CHART_HEIGHT = 240;
/** Room at the right for the names of the lines. */
const AXIS = "min(124px, 28%)";
const READ_LINES = 6;

const stroke: Readonly<Record<Level | "total", { colour: string; width: string }>> = {
  crit: { colour: "var(--crit-mark)", width: "2" },
  warn: { colour: "var(--warn-mark)", width: "1.6" },
  plain: { colour: "var(--mark-2)", width: "1.2" },
  total: { colour: "var(--accent)", width: "1.6" },
};
const labelClass: Readonly<Record<Level | "total", string>> = {
  crit: "text-crit",
  warn: "text-warn",
  plain: "text-ink-2",
  total: "text-ink",
};

/** Lines over time on a ruler, each named where it ends; the pointer reads values off them. */
export function LagChart({ label, series, atMs, levels, verdicts, onTable }: LagChartProps) {
  const [share, setShare] = useState<number | null>(null);
  const { windowMs, ...ruler } = chartWindow(atMs);
  const toMs = atMs.at(-1) ?? 0;
  const scale = { fromMs: toMs - windowMs, toMs };
  const top = chartTop(series);
  const ticks = rulerTicks(scale, ruler);
  const levelOf = ({ key, topic }: LagSeries) => (topic === null ? "total" : (levels.get(key) ?? "plain"));
  // What matters is drawn last, over the others.
  const order = { plain: 0, total: 1, warn: 2, crit: 3 };
  const drawn = series.toSorted((a, b) => order[levelOf(a)] - order[levelOf(b)]);
  const index = share === null ? null : nearestSample(atMs, scale, share);
  const readMs = index === null ? null : (atMs[index] ?? null);
  const readAt = readMs === null ? null : (readMs - scale.fromMs) / windowMs;
  return (
    <figure aria-label={label}>
      <figcaption className="sr-only">{onTable}</figcaption>
      <RulerPlot
        height={CHART_HEIGHT}
        axis={AXIS}
        grid="M0 100H100M0 75H100M0 50H100M0 25H100M0 0H100"
        lines={drawn.map((one) => (
          <PlotLine key={one.key} path={linePaths(one.values, atMs, scale, top).join("")} {...stroke[levelOf(one)]} />
        ))}
        ticks={ticks}
        readAt={readAt}
        onPoint={setShare}
      >
        {ticks
          .filter(({ size, x }) => size === "whole" && x > 2 && x < 98)
          .map(({ x, atMs: tickMs }) => (
            <TickLabel key={tickMs} share={x / 100} axis={AXIS} atMs={tickMs} />
          ))}
        <span
          className="absolute top-0.5 left-0 bg-bg/80 pr-1 text-11 text-ink-3"
          style={{ display: readAt === null ? undefined : "none" }}
        >
          {shortCount(top)}
        </span>
        <Events verdicts={verdicts} scale={scale} />
        {endLabels(series, top, CHART_HEIGHT).map((end) => (
          <End key={end.series[0]?.key} end={end} level={end.series.length > 1 ? "plain" : endLevel(end, levelOf)} />
        ))}
        {index !== null && readMs !== null && readAt !== null && (
          <Readout share={readAt} axis={AXIS} className="max-w-64 px-2 py-1">
            <Values atMs={readMs} series={series} index={index} />
          </Readout>
        )}
      </RulerPlot>
    </figure>
  );
}

function endLevel({ series: [first] }: EndLabel, levelOf: (series: LagSeries) => Level | "total"): Level | "total" {
  return first === undefined ? "plain" : levelOf(first);
}

/** Where a line ends: its name, and its lag now. */
function End({ end: { series, value, y }, level }: { end: EndLabel; level: Level | "total" }) {
  const [first] = series;
  if (first === undefined) return null;
  return (
    <span
      className={cn(
        "absolute right-0 flex text-11 leading-[14px]",
        labelClass[level],
        level === "crit" && "font-strong",
      )}
      style={{ width: `calc(${AXIS} - 8px)`, top: y - 7 }}
    >
      {series.length > 1 ? (
        <span className="truncate text-ink-3">
          {series.length} lines · ≤ {shortCount(value)}
        </span>
      ) : (
        <>
          <span className="min-w-0 truncate">{first.topic ?? "total"}</span>
          <span className="shrink-0 whitespace-pre">
            {first.partition === null ? "" : `-${first.partition}`} · {shortCount(value)}
          </span>
        </>
      )}
    </span>
  );
}

/** Since when something has been wrong, as far as it falls into the window. */
function Events({ verdicts, scale }: { verdicts: readonly GroupVerdict[]; scale: { fromMs: number; toMs: number } }) {
  const zone = useZone();
  const events = verdicts.flatMap(({ kind, severity, sinceMs }) =>
    severity === "info" || sinceMs === null || sinceMs <= scale.fromMs || sinceMs >= scale.toMs
      ? []
      : [{ kind, severity, sinceMs, share: (sinceMs - scale.fromMs) / (scale.toMs - scale.fromMs) }],
  );
  return events.map(({ kind, severity, sinceMs, share }, row) => (
    <span
      key={kind}
      className={cn(
        "pointer-events-none absolute top-0 border-l border-dashed",
        severity === "critical" ? "border-crit text-crit" : "border-warn text-warn",
      )}
      style={{ left: leftOf(share, AXIS), height: CHART_HEIGHT }}
    >
      <span
        className={cn("absolute whitespace-nowrap bg-bg px-1 text-11", share > 0.5 ? "right-1" : "left-1")}
        style={{ top: row * 16 }}
      >
        {verdictWords[kind].label} since {formatTime(sinceMs, zone)}
      </span>
    </span>
  ));
}

/** What the lines say where the pointer is, the highest first. */
function Values({ atMs, series, index }: { atMs: number; series: readonly LagSeries[]; index: number }) {
  const zone = useZone();
  const read = series
    .flatMap((one) => {
      const value = one.values[index];
      return value == null ? [] : [{ ...one, value }];
    })
    .toSorted((a, b) => (a.value < b.value ? 1 : a.value > b.value ? -1 : 0));
  return (
    <>
      <div>{formatTime(atMs, zone)}</div>
      {read.slice(0, READ_LINES).map(({ key, value }) => (
        <div key={key} className="flex justify-between gap-3">
          <span className="min-w-0 truncate">{key}</span>
          <span className="shrink-0">{formatCount(value)}</span>
        </div>
      ))}
      {read.length > READ_LINES && <div>and {read.length - READ_LINES} more</div>}
      {read.length === 0 && <div>not read then</div>}
    </>
  );
}
