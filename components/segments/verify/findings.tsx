import { DamageList } from "#components/segments/damage-list.tsx";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { formatCount } from "#lib/format.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { findingsText } from "./verify-words.ts";

/** The report has all of them. */
const MAX_SHOWN = 100;

interface FindingsProps {
  findings: readonly SegmentDamage[];
  place: PartitionPlace;
  brokerId: number;
}

/** What is wrong, as it comes. */
export function Findings({ findings, place, brokerId }: FindingsProps) {
  if (findings.length === 0) return null;
  const hidden = findings.length - MAX_SHOWN;
  return (
    <section aria-label="Findings" className="min-w-0 border-line border-t pt-2">
      <h3 className="font-strong">{findingsText(findings)}</h3>
      <DamageList label="Findings" damage={findings.slice(0, MAX_SHOWN)} place={place} brokerId={brokerId} />
      {hidden > 0 && (
        <p className="text-12 text-ink-2">{`And ${formatCount(hidden)} more: the copied report has all of them.`}</p>
      )}
    </section>
  );
}
