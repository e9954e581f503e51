"use client";
import { RulerChart } from "#components/ui/ruler-chart.tsx";
import type { Overview } from "#lib/contracts/clusters.ts";
import { formatCount, formatRate } from "#lib/format.ts";

/** What the server keeps: five minutes in steps of five seconds. */
const WINDOW_MS = 5 * 60_000;
const STEP_MS = 5_000;
const THOUSAND = 1_000;

export function MessagesIn({ overview: { messagesIn, observedAtMs } }: { overview: Overview }) {
  const points = messagesIn.map(({ atMs, perSecond }) => ({ atMs, value: perSecond }));
  const newest = points.at(-1);
  return (
    <section aria-labelledby="messages-in">
      <div className="flex min-h-10 items-baseline gap-3 pt-2 pb-1.5">
        <h2 id="messages-in" className="whitespace-nowrap">
          Messages in
        </h2>
        <span className="min-w-0 truncate text-12 text-ink-3">per second, last 5 minutes</span>
        <span className="flex-1" />
        {newest !== undefined && (
          <span className="whitespace-nowrap">
            {formatRate(newest.value)}
            <span className="text-ink-3"> now</span>
          </span>
        )}
      </div>
      {newest === undefined ? (
        <p className="text-pretty text-ink-2">Measured from now on: the first rate is here in about ten seconds.</p>
      ) : (
        <RulerChart
          label="Messages in per second, last 5 minutes"
          points={points}
          windowMs={WINDOW_MS}
          untilMs={Math.max(newest.atMs, observedAtMs)}
          stepMs={STEP_MS}
          format={axisText}
          valueHead="Messages a second"
        />
      )}
    </section>
  );
}

/** 80,000 is 80k on an axis; small rates keep a decimal. */
function axisText(perSecond: number): string {
  return perSecond >= 10 * THOUSAND ? `${formatCount(perSecond / THOUSAND)}k` : formatRate(perSecond);
}
