"use client";
import { type ReactNode, useRef } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { formatMinute } from "#lib/time.ts";
import { cn } from "./cn.ts";
import type { RulerTick } from "./ruler-chart.ts";

interface RulerPlotProps {
  /** Px. */
  height: number;
  /** Room at the right for what the values are, or the lines: a CSS length. */
  axis: string;
  /** Horizontal lines, as a path in a box of 100 × 100. */
  grid: string;
  /** `PlotLine`s, in the same box. */
  lines: ReactNode;
  ticks: readonly RulerTick[];
  /** Where a value is read, as a share (0 to 1) of the width. */
  readAt: number | null;
  /** Where the pointer is, likewise; null once it is away. */
  onPoint: (share: number | null) => void;
  /** Labels, placed by `left` and from the top of the plot. */
  children: ReactNode;
}

const TICK_HEIGHT = { fine: 3, half: 5, whole: 8 } as const;

/** What charts over time have in common: lines above a ruler, room for an axis beside them, and a pointer that reads values. */
export function RulerPlot({ height, axis, grid, lines, ticks, readAt, onPoint, children }: RulerPlotProps) {
  const plot = useRef<SVGSVGElement>(null);
  return (
    <div
      aria-hidden
      className="relative touch-pan-y pb-[18px]"
      style={{ paddingRight: axis }}
      onPointerMove={(event) => {
        const box = plot.current?.getBoundingClientRect();
        if (box !== undefined) onPoint(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
      }}
      onPointerLeave={() => onPoint(null)}
    >
      <svg
        ref={plot}
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="block w-full overflow-visible"
        style={{ height }}
        aria-hidden
      >
        <path d={grid} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
        {lines}
        {readAt !== null && (
          <path
            d={`M${readAt * 100} 0V100`}
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
      {children}
    </div>
  );
}

/** One of the lines. */
export function PlotLine({ path, colour, width }: { path: string; colour: string; width: string }) {
  return (
    <path
      d={path}
      fill="none"
      stroke={colour}
      strokeWidth={width}
      strokeLinejoin="round"
      strokeLinecap="round"
      vectorEffect="non-scaling-stroke"
    />
  );
}

/** Where a share (0 to 1) of the plot's width is, beside an axis of this width: CSS, for `left`. */
export function leftOf(share: number, axis: string): string {
  return `calc((100% - ${axis}) * ${share})`;
}

interface PlacedProps {
  share: number;
  axis: string;
}

/** The time under a tick. */
export function TickLabel({ share, axis, atMs }: PlacedProps & { atMs: number }) {
  const zone = useZone();
  return (
    <span
      className="absolute bottom-0 -translate-x-1/2 whitespace-nowrap text-11 text-ink-3"
      style={{ left: leftOf(share, axis) }}
    >
      {formatMinute(atMs, zone)}
    </span>
  );
}

/** What is read where the pointer is: on the side of it that has more room. */
export function Readout({
  share,
  axis,
  className,
  children,
}: PlacedProps & { className: string; children: ReactNode }) {
  return (
    <div
      className={cn("pointer-events-none absolute top-0 rounded-2 bg-ink text-11 text-bg", className)}
      style={{
        left: leftOf(share, axis),
        transform: share > 0.5 ? "translateX(calc(-100% - 6px))" : "translateX(6px)",
      }}
    >
      {children}
    </div>
  );
}
