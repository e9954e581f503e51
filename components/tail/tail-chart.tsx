"use client";
import { memo } from "react";
import { formatRate } from "#lib/format.ts";
import type { TailSecond } from "#lib/tail/tail-figures.ts";
import { CHART_WIDTH, tailBars, tailSlices } from "./tail-chart.ts";

const TICKS = Array.from({ length: 60 }, (_, tick) => `M${tick * 10} 0V${tick % 10 === 0 ? 5 : 2.5}`).join("");

/** The last minute, a bar a second, on a ruler; the same is there as a table for those who can't see it. */
export const TailChart = memo(function TailChart({ history }: { history: readonly TailSecond[] }) {
  const bars = tailBars(history);
  return (
    <figure aria-label="Messages a second, last 60 seconds" className="@container min-w-0">
      <div aria-hidden>
        <svg
          viewBox={`0 0 ${CHART_WIDTH} 100`}
          preserveAspectRatio="none"
          className="block h-[30px] w-full max-md:h-[22px]"
          aria-hidden
        >
          {bars.pauseX !== null && (
            <path d={`M${bars.pauseX} 0H${CHART_WIDTH}V100H${bars.pauseX}z`} fill="var(--accent-bg)" />
          )}
          <path d={bars.incoming} fill="var(--mark)" />
          <path d={bars.matched} fill="var(--accent)" />
          <path d={bars.lost} fill="var(--warn-mark)" />
        </svg>
        <svg viewBox={`0 0 ${CHART_WIDTH} 5`} preserveAspectRatio="none" className="block h-[5px] w-full" aria-hidden>
          <path d={`M0 0H${CHART_WIDTH}${TICKS}`} stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
        </svg>
        <div className="flex justify-between gap-2 overflow-hidden whitespace-nowrap text-11 text-ink-3">
          <span>−60 s</span>
          <span className="flex gap-2.5 @max-[220px]:hidden">
            <Key colour="bg-mark">in</Key>
            <Key colour="bg-accent">matched</Key>
            {bars.lost !== "" && <Key colour="bg-warn-mark">not all shown</Key>}
            {bars.pauseX !== null && (
              <Key colour="bg-accent-bg shadow-[inset_0_0_0_1px_var(--accent-line)]">since pause</Key>
            )}
          </span>
          <span>now</span>
        </div>
      </div>
      <table className="sr-only">
        <caption>Messages a second, last 60 seconds</caption>
        <thead>
          <tr>
            <th>Seconds ago</th>
            <th>In</th>
            <th>Matched</th>
            <th>Not shown</th>
          </tr>
        </thead>
        <tbody>
          {tailSlices(history).map(({ secondsAgo, inPerSecond, matchedPerSecond, lost }) => (
            <tr key={secondsAgo}>
              <td>
                {secondsAgo} to {secondsAgo + 10}
              </td>
              <td>{formatRate(inPerSecond)}</td>
              <td>{formatRate(matchedPerSecond)}</td>
              <td>{lost}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
});

function Key({ colour, children }: { colour: string; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1">
      <span className={`size-2 rounded-[1px] ${colour}`} />
      {children}
    </span>
  );
}
