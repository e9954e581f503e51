"use client";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { Age } from "#components/ui/age.tsx";
import { IsrTicks } from "#components/ui/isr-ticks.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { POLL_MS, staleAfterMs } from "#lib/queries/polling.ts";

interface TopicsLegendProps {
  topicsAtMs: number | undefined;
  sizesAtMs: number | undefined;
  configsAtMs: number | undefined;
  ratesAtMs: number | undefined;
}

const ticks = [
  { word: "in sync", inSync: 3 },
  { word: "replica missing", inSync: 2 },
  { word: "under min ISR", inSync: 1 },
  { word: "offline", inSync: 0 },
];

/** What the ticks mean, and how old each part of the rows is. */
export function TopicsLegend({ topicsAtMs, sizesAtMs, configsAtMs, ratesAtMs }: TopicsLegendProps) {
  const { singleKeys } = usePreferences();
  const ages = [
    ["sizes", sizesAtMs, POLL_MS.sizes],
    ["configs", configsAtMs, POLL_MS.configs],
    ["rates", ratesAtMs, POLL_MS.rates],
  ] as const;
  return (
    <footer className="sticky bottom-0 z-10 mt-auto flex h-[30px] items-center gap-4 overflow-hidden whitespace-nowrap border-line-strong border-t bg-bg px-gutter text-12 text-ink-2 max-md:static max-md:h-auto max-md:flex-wrap max-md:gap-y-1 max-md:border-t-0 max-md:py-3">
      <span className="flex gap-4 max-md:hidden">
        {ticks.map(({ word, inSync }) => (
          <span key={word} className="inline-flex items-center gap-1.5">
            <IsrTicks inSync={[inSync]} partitionCount={1} replicationFactor={3} minInSync={2} />
            {word}
          </span>
        ))}
      </span>
      <span className="text-ink-3 max-xl:hidden">height = replicas in sync ÷ replicas</span>
      <span className="flex-1 max-md:hidden" />
      {topicsAtMs !== undefined &&
        ages.map(([part, atMs, pollMs]) => (
          <span key={part}>
            {part}{" "}
            {atMs === undefined ? (
              <span className="text-ink-3">not yet</span>
            ) : (
              <Age observedAtMs={atMs} staleAfterMs={staleAfterMs(pollMs)} />
            )}
          </span>
        ))}
      {singleKeys && (
        <span className="text-ink-3 max-lg:hidden">
          <Kbd>j</Kbd> <Kbd>k</Kbd> move
        </span>
      )}
    </footer>
  );
}
