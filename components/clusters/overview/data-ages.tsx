"use client";
import { Age } from "#components/ui/age.tsx";
import type { Overview } from "#lib/contracts/clusters.ts";
import { POLL_MS, staleAfterMs } from "#lib/queries/polling.ts";
import { partNames } from "./part-names.ts";

/** How old a part may get before it is called stale: the server reads sizes and configs less often. */
const staleAfter: Record<Overview["ages"][number]["part"], number> = {
  metadata: staleAfterMs(POLL_MS.overview),
  quorum: staleAfterMs(POLL_MS.topics),
  sizes: staleAfterMs(POLL_MS.sizes),
  configs: staleAfterMs(POLL_MS.configs),
  offsets: staleAfterMs(POLL_MS.rates),
  groups: staleAfterMs(POLL_MS.groupLag),
};

/** In a word or two; the detail says the rest. */
const whyMissing: Readonly<Record<string, string>> = {
  "kafka-forbidden": "not allowed",
  "kafka-login-failed": "login refused",
  "kafka-refused": "refused",
  "not-supported-by-broker": "not supported",
  "deadline-exceeded": "too slow",
};

/** When each part was read, and which parts could not be. */
export function DataAges({ overview: { ages, missing } }: { overview: Overview }) {
  return (
    <section aria-labelledby="ages">
      <div className="flex min-h-10 items-center pt-2 pb-1.5">
        <h2 id="ages" className="scroll-mt-16">
          How old this is
        </h2>
      </div>
      <dl>
        {ages.map(({ part, observedAtMs }) => (
          <div key={part} className="flex justify-between gap-3 border-line border-t py-[5px] first:border-line-strong">
            <dt className="text-ink-2">{partNames[part].long}</dt>
            <dd>
              {observedAtMs === null ? (
                <span className="text-ink-3">not read yet</span>
              ) : (
                <Age observedAtMs={observedAtMs} staleAfterMs={staleAfter[part]} />
              )}
            </dd>
          </div>
        ))}
        {missing.map(({ part, code, detail }) => (
          <div key={`${part} ${detail}`} className="border-line border-t py-[5px]">
            <div className="flex justify-between gap-3">
              <dt className="text-ink-2 first-letter:uppercase">{part}</dt>
              <dd className="whitespace-nowrap text-crit">{whyMissing[code] ?? "no answer"}</dd>
            </div>
            <dd className="text-pretty text-12 text-ink-3">{detail}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
