"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { type LocateStep, MAX_LOOKED } from "#lib/contracts/segment-look-ups.ts";
import { plural } from "#lib/format.ts";
import { storedMomentText } from "../stored-moment.ts";
import { AsTable } from "./step-frame.tsx";

type SegmentStep = Extract<LocateStep, { step: "segment" }>;

/** By time: which segments' largest timestamps were looked at, oldest first. */
export function LookedSegments({ step }: { step: SegmentStep }) {
  const zone = useZone();
  const { looked } = step;
  if (looked.length === 0) return null;
  const segments = plural(looked.length, "segment");
  return (
    <AsTable summary={looked.length < MAX_LOOKED ? `The ${segments} looked at` : `The last ${segments} looked at`}>
      <Table label="Segments looked at">
        <thead>
          <tr>
            <Th right>Base offset</Th>
            <Th>Largest timestamp, {zone}</Th>
            <Th>Says</Th>
          </tr>
        </thead>
        <tbody>
          {looked.map(({ baseOffset, maxTimestampMs }) => (
            <tr key={baseOffset}>
              <Td right className="h-6">
                <Offset value={baseOffset} />
              </Td>
              <Td className="h-6">{storedMomentText(maxTimestampMs, zone)}</Td>
              <Td className="h-6">{baseOffset === step.baseOffset ? "reaches it: this one" : "too old"}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </AsTable>
  );
}
