"use client";
import type { Route } from "next";
import Link from "next/link";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { useNow } from "#components/ui/now.tsx";
import type { Overview } from "#lib/contracts/clusters.ts";
import { durationQuantity } from "#lib/format.ts";
import { partNames } from "./part-names.ts";
import { type VitalSign, vitalSigns } from "./vital-signs.ts";

const toneClass = { crit: "text-crit", warn: "text-warn", plain: "" } as const;

/** One look: each number links to what it counts. */
export function VitalStrip({ overview }: { overview: Overview }) {
  const signs = vitalSigns(overview, useOldest(overview));
  return (
    <section aria-label="Vital signs" className="border-line-strong border-y">
      <ul className="grid grid-cols-2 overflow-clip sm:grid-cols-4 xl:grid-cols-8">
        {signs.map((sign) => (
          <VitalCell key={sign.key} sign={sign} />
        ))}
      </ul>
    </section>
  );
}

function VitalCell({ sign }: { sign: VitalSign }) {
  return (
    <li className="-mb-px -ml-px min-w-0 border-line border-b border-l">
      <Link
        href={sign.href as Route}
        prefetch={false}
        className="block h-full min-w-0 px-3 pt-2 pb-2.5 hover:bg-hover focus-visible:shadow-[inset_0_0_0_2px_var(--accent)] sm:max-xl:in-[li:nth-child(4n+1)]:pl-gutter xl:in-[li:first-child]:pl-gutter"
      >
        <span className="flex h-4 items-center gap-1.5 whitespace-nowrap text-12 text-ink-2">
          {sign.glyph !== undefined && <Glyph shape={sign.glyph} className="size-3" />}
          {sign.label}
        </span>
        <span
          className={cn(
            "mt-0.5 block whitespace-nowrap font-strong text-26 tracking-[-0.025em] max-md:text-[22px] max-md:leading-7",
            toneClass[sign.tone],
          )}
        >
          {sign.value}
          {sign.unit !== undefined && (
            <small className="ml-1 font-regular text-13 text-ink-3 tracking-normal">{sign.unit}</small>
          )}
        </span>
        <span className="block truncate text-12 text-ink-3">{sign.aside}</span>
      </Link>
    </li>
  );
}

/** The part that was read longest ago, and how long that is. */
function useOldest({ ages }: Overview) {
  const now = useNow();
  const known = ages.flatMap(({ part, observedAtMs }) => (observedAtMs === null ? [] : [{ part, observedAtMs }]));
  const oldest = known.toSorted((a, b) => a.observedAtMs - b.observedAtMs)[0];
  if (oldest === undefined) return null;
  const seconds = Math.max(0, Math.floor((now - oldest.observedAtMs) / 1_000));
  const [age] = durationQuantity(seconds * 1_000) ?? [];
  return {
    part: partNames[oldest.part].short,
    age: seconds === 0 || age === undefined ? { value: "0", unit: "s" } : age,
  };
}
