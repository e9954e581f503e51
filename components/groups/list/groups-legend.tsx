"use client";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { Age } from "#components/ui/age.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { POLL_MS, staleAfterMs } from "#lib/queries/polling.ts";

/** What the signs mean, and how old the rows are. */
export function GroupsLegend({ readAtMs }: { readAtMs: number | undefined }) {
  const { singleKeys } = usePreferences();
  return (
    <footer className="sticky bottom-0 z-10 mt-auto flex h-[30px] items-center gap-4 overflow-hidden whitespace-nowrap border-line-strong border-t bg-bg px-gutter text-12 text-ink-2 max-md:static max-md:h-auto max-md:flex-wrap max-md:gap-y-1 max-md:border-t-0 max-md:py-3">
      <span className="inline-flex items-center gap-1.5">
        <Glyph shape="triangle" className="size-3" />
        some partitions never committed: each counts in full
      </span>
      <span className="max-lg:hidden">≥ at least: some could not be read, or is older than the samples</span>
      <span className="max-md:hidden">≈ from samples</span>
      <span className="flex-1 max-md:hidden" />
      {readAtMs !== undefined && (
        <span>
          groups <Age observedAtMs={readAtMs} staleAfterMs={staleAfterMs(POLL_MS.groups)} />
        </span>
      )}
      {singleKeys && (
        <span className="text-ink-3 max-lg:hidden">
          <Kbd>j</Kbd> <Kbd>k</Kbd> move
        </span>
      )}
    </footer>
  );
}
