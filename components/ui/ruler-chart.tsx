"use client";
import { useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { formatTime } from "#lib/time.ts";
import { nearestPoint, niceTop, type Point, rulerPaths, rulerTicks } from "./ruler-chart.ts";
import { PlotLine, Readout, RulerPlot, TickLabel } from "./ruler-plot.tsx";
import { Table, Td, Th } from "./table.tsx";

interface RulerChartProps {
  /** What is drawn: the figure's name. */
  label: string;
  points: readonly Point[];
  /** The window that is drawn, to `untilMs`; what is not known of it stays empty. */
  windowMs: number;
  untilMs: number;
  /** How far apart readings are. */
  stepMs: number;
  format: (value: number) => string;
  /** The head of the values in the table. */
  valueHead: string;
}

const HEIGHT = 112;
const AXIS = "44px";
const MINUTE_MS = 60_000;

/** A line over time on a ruler; the pointer reads a value off it, and the same is there as a table. */
export function RulerChart({ label, points, windowMs, untilMs, stepMs, format, valueHead }: RulerChartProps) {
  const zone = useZone();
  const [share, setShare] = useState<number | null>(null);
  const scale = {
    fromMs: untilMs - windowMs,
    toMs: untilMs,
    top: niceTop(Math.max(0, ...points.map(({ value }) => value))),
  };
  const ticks = rulerTicks(scale, { fineMs: MINUTE_MS / 6, halfMs: MINUTE_MS / 2, wholeMs: MINUTE_MS });
  const read = share === null ? null : nearestPoint(points, scale, share);
  const readAt = read === null ? null : (read.atMs - scale.fromMs) / windowMs;
  return (
    <figure aria-label={label}>
      <RulerPlot
        height={HEIGHT}
        axis={AXIS}
        grid="M0 100H100M0 50H100M0 0H100"
        lines={rulerPaths(points, scale, stepMs).map((path) => (
          <PlotLine key={path.slice(0, 16)} path={path} colour="var(--accent)" width="1.6" />
        ))}
        ticks={ticks}
        readAt={readAt}
        onPoint={setShare}
      >
        {[0, 0.5, 1].map((part) => (
          <span
            key={part}
            className="absolute right-0 whitespace-nowrap text-11 text-ink-3"
            style={{ width: `calc(${AXIS} - 8px)`, top: (1 - part) * HEIGHT - 7 }}
          >
            {format(scale.top * part)}
          </span>
        ))}
        {ticks
          .filter(({ size }) => size === "whole")
          .map(({ x, atMs }) => (
            <TickLabel key={atMs} share={Math.min(0.96, Math.max(0.04, x / 100))} axis={AXIS} atMs={atMs} />
          ))}
        {read !== null && readAt !== null && (
          <Readout share={readAt} axis={AXIS} className="whitespace-nowrap px-1.5 leading-[18px]">
            {formatTime(read.atMs, zone)} · {format(read.value)}
          </Readout>
        )}
      </RulerPlot>
      <details className="mt-1 text-12">
        <summary className="inline-flex h-hit cursor-default items-center rounded-1 text-ink-2 hover:text-ink">
          <span className="underline decoration-line-strong underline-offset-3">The same as a table</span>
        </summary>
        <Table label={label}>
          <thead>
            <tr>
              <Th>Time, {zone}</Th>
              <Th right>{valueHead}</Th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map(({ atMs, value }) => (
              <tr key={atMs}>
                <Td className="h-6">{formatTime(atMs, zone)}</Td>
                <Td right className="h-6">
                  {format(value)}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </figure>
  );
}
