"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { plural } from "#lib/format.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { DamageList } from "../damage-list.tsx";

interface DamageNoticeProps {
  place: PartitionPlace;
  broker: number;
  damage: readonly SegmentDamage[];
}

/** Nothing of the log's own is broken. */
const harmless: ReadonlySet<SegmentDamage["kind"]> = new Set(["foreign-file", "vanished", "old-format"]);
/** Before the rest is asked for. */
const SHOWN_FIRST = 4;

/** What is wrong with a replica's files, each finding at its place. What isn't named is as it should be, as far as it was read. */
export function DamageNotice({ place, broker, damage }: DamageNoticeProps) {
  const [all, setAll] = useState(false);
  if (damage.length === 0) return null;
  const mild = damage.every(({ kind }) => harmless.has(kind));
  return (
    <section
      aria-label="Damage"
      className={cn("mx-gutter mb-3 rounded-2 px-3 py-2.5", mild ? "bg-warn-bg" : "bg-crit-bg")}
    >
      <p className="flex gap-2.5">
        <Glyph shape={mild ? "triangle" : "octagon"} className="mt-[3px] shrink-0" />
        <b>
          {plural(damage.length, "finding")} in the files of broker {broker}.
        </b>
      </p>
      <div className="mt-1 pl-6">
        <DamageList
          label={`Findings in the files of broker ${broker}`}
          damage={all ? damage : damage.slice(0, SHOWN_FIRST)}
          place={place}
          brokerId={broker}
        />
      </div>
      {damage.length > SHOWN_FIRST && (
        <Button className="mt-2 ml-6" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? `Only the first ${SHOWN_FIRST}` : `All ${plural(damage.length, "finding")}`}
        </Button>
      )}
    </section>
  );
}
