"use client";
import Link from "next/link";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { segmentHref } from "#lib/hrefs.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { damageWords } from "./damage-words.ts";
import { baseOffsetOfFile } from "./segment-files.ts";

/** Not damage, but worth a word: the format is only old, the broker took the file away. */
const remarks: ReadonlySet<SegmentDamage["kind"]> = new Set(["old-format", "vanished"]);

interface DamageListProps {
  label: string;
  damage: readonly SegmentDamage[];
  place: PartitionPlace;
  /** Whose replica it is. */
  brokerId: number;
}

/** What is wrong in which file, at which byte; a place in a log leads to its batches. */
export function DamageList({ label, damage, place, brokerId }: DamageListProps) {
  return (
    <ul aria-label={label}>
      {damage.map(({ file, position, kind, detail }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: findings only come at the end
          key={index}
          className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2 border-line border-t py-1.5 text-12 leading-[18px] first:border-t-0"
        >
          <Glyph shape={remarks.has(kind) ? "note" : "octagon"} className="mt-0.5" />
          <div className="min-w-0">
            <div className="flex flex-wrap gap-x-2">
              <b className="font-strong">{damageWords[kind]}</b>
              <span className="min-w-0 text-ink-2">
                <span className="mono [overflow-wrap:anywhere]">{file}</span>
                {position !== null && (
                  <>
                    {" byte "}
                    <Offset value={position} />
                  </>
                )}
              </span>
              <Batches file={file} position={position} place={place} brokerId={brokerId} />
            </div>
            <p className="text-pretty text-ink-2 [overflow-wrap:anywhere]">{detail}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

interface BatchesProps extends Omit<DamageListProps, "label" | "damage"> {
  file: string;
  position: string | null;
}

function Batches({ file, position, place: { topic, partition }, brokerId }: BatchesProps) {
  const cluster = useCluster();
  const baseOffset = baseOffsetOfFile(file);
  if (position === null || baseOffset === null || !file.endsWith(".log")) return null;
  const query = { position, broker: String(brokerId) };
  return (
    <Link href={segmentHref(cluster.name, topic, partition, baseOffset, query)} prefetch={false} className="link">
      Its batches from there
    </Link>
  );
}
