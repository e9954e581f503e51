"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { plural } from "#lib/format.ts";
import { segmentHref } from "#lib/hrefs.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import type { PlacedDamage } from "./damage-places.ts";

interface DamageNoticeProps {
  cluster: string;
  place: PartitionPlace;
  broker: number;
  places: readonly PlacedDamage[];
}

/** Before the rest is asked for. */
const SHOWN_FIRST = 4;

/** What is wrong with a replica's files, each finding at its place; what isn't named is as it should be, as far as it was read. */
export function DamageNotice({ cluster, place, broker, places }: DamageNoticeProps) {
  const [all, setAll] = useState(false);
  if (places.length === 0) return null;
  const foreign = places.every(({ damage }) => damage.kind === "foreign-file" || damage.kind === "vanished");
  const shown = all ? places : places.slice(0, SHOWN_FIRST);
  return (
    <section
      aria-label="Damage"
      className={`mx-gutter mb-3 rounded-2 px-3 py-2.5 ${foreign ? "bg-warn-bg" : "bg-crit-bg"}`}
    >
      <p className="flex gap-2.5">
        <Glyph shape={foreign ? "triangle" : "octagon"} className="mt-[3px]" />
        <b>
          {plural(places.length, "finding")} in the files of broker {broker}.
        </b>
      </p>
      <ul className="mt-1 grid gap-1.5 pl-6">
        {shown.map((one) => (
          <Finding key={one.key} cluster={cluster} place={place} broker={broker} placed={one} />
        ))}
      </ul>
      {places.length > SHOWN_FIRST && (
        <Button className="mt-2 ml-6" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? `Only the first ${SHOWN_FIRST}` : `All ${plural(places.length, "finding")}`}
        </Button>
      )}
    </section>
  );
}

function Finding({
  cluster,
  place: { topic, partition },
  broker,
  placed,
}: Omit<DamageNoticeProps, "places"> & { placed: PlacedDamage }) {
  const { damage, baseOffset, position } = placed;
  const query = { broker: String(broker), ...(position !== null && { position }) };
  return (
    <li className="min-w-0 text-pretty break-words">
      <span className="mono break-all">{damage.file}</span>
      {damage.position !== null && (
        <>
          , byte <Offset value={damage.position} />
        </>
      )}
      : <span className="text-ink-2">{damage.detail}</span>
      {baseOffset !== null && (
        <>
          {" "}
          <Link href={segmentHref(cluster, topic, partition, baseOffset, query)} prefetch={false} className="link">
            {position === null ? "Its batches" : "The batches from there"}
          </Link>
        </>
      )}
    </li>
  );
}
