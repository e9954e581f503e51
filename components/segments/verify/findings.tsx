import { DamageList } from "#components/segments/damage-list.tsx";
import { formatCount } from "#lib/format.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import type { VerificationRun } from "./verification-run.ts";
import { findingsText } from "./verify-words.ts";

/** Of a replica; the report has all of them. */
const MAX_SHOWN = 100;

/** What is wrong, as it comes, replica by replica. */
export function Findings({ run, place }: { run: VerificationRun; place: PartitionPlace }) {
  return run.parts.map(({ replica: { brokerId }, state: { findings } }) => {
    if (findings.length === 0) return null;
    const hidden = findings.length - MAX_SHOWN;
    return (
      <section
        key={brokerId}
        aria-label={`Findings on broker ${brokerId}`}
        className="min-w-0 border-line border-t pt-2"
      >
        <h3 className="font-strong">{`Broker ${brokerId}: ${findingsText(findings)}`}</h3>
        <DamageList
          label={`Findings on broker ${brokerId}`}
          damage={findings.slice(0, MAX_SHOWN)}
          place={place}
          brokerId={brokerId}
        />
        {hidden > 0 && (
          <p className="text-12 text-ink-2">{`And ${formatCount(hidden)} more: the copied report has all of them.`}</p>
        )}
      </section>
    );
  });
}
