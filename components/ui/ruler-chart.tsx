"use client";
import { useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { formatMinute, formatTime } from "#lib/time.ts";
import { nearestPoint, niceTop, type Point, rulerPaths, rulerTicks } from "./ruler-chart.ts";
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
const AXIS = 44;
const TICK_HEIGHT = { fine: 3, half: 5, whole: 8 } as const;
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
  const readShare = read === null ? 0 : (read.atMs - scale.fromMs) / windowMs;
  return (
    <figure aria-label={label}>
      <div
        aria-hidden
        className="relative touch-pan-y pb-[18px]"
        style={{ paddingRight: AXIS }}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setShare(Math.min(1, Math.max(0, (event.clientX - box.left) / (box.width - AXIS))));
        }}
        onPointerLeave={() => setShare(null)}
      >
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="block w-full overflow-visible"
          style={{ height: HEIGHT }}
          aria-hidden
        >
          <path d="M0 100H100M0 50H100M0 0H100" stroke="var(--line)" vectorEffect="non-scaling-stroke" />
          {rulerPaths(points, scale, stepMs).map((path) => (
            <path
              key={path.slice(0, 16)}
              d={path}
              fill="none"
              stroke="var(--accent)"
              strokeWidth="1.6"
              strokeLinejoin="round"
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {read !== null && (
            <path
              d={`M${readShare * 100} 0V100`}
              stroke="var(--ink-3)"
              vectorEffect="non-scaling-stroke"
              strokeDasharray="2 2"
            />
          )}
        </svg>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="block h-2 w-full overflow-visible" aria-hidden>
          <path
            d={`M0 0H100${ticks.map(({ x, size }) => `M${x} 0V${TICK_HEIGHT[size]}`).join("")}`}
            stroke="var(--line-strong)"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {[0, 0.5, 1].map((part) => (
          <span
            key={part}
            className="absolute right-0 whitespace-nowrap text-11 text-ink-3"
            style={{ width: AXIS - 8, top: (1 - part) * HEIGHT - 7 }}
          >
            {format(scale.top * part)}
          </span>
        ))}
        {ticks
          .filter(({ size }) => size === "whole")
          .map(({ x, atMs }) => (
            <span
              key={atMs}
              className="absolute bottom-0 -translate-x-1/2 whitespace-nowrap text-11 text-ink-3"
              style={{ left: `calc((100% - ${AXIS}px) * ${Math.min(0.96, Math.max(0.04, x / 100))})` }}
            >
              {formatMinute(atMs, zone)}
            </span>
          ))}
        {read !== null && (
          <span
            className="pointer-events-none absolute top-0 whitespace-nowrap rounded-2 bg-ink px-1.5 text-11 text-bg leading-[18px]"
            style={{
              left: `calc((100% - ${AXIS}px) * ${readShare})`,
              transform: readShare > 0.5 ? "translateX(calc(-100% - 6px))" : "translateX(6px)",
            }}
          >
            {formatTime(read.atMs, zone)} · {format(read.value)}
          </span>
        )}
      </div>
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
