"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { cn } from "#components/ui/cn.ts";
import { Offset } from "#components/ui/quantity.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { formatCount, plural } from "#lib/format.ts";
import { storedMomentText } from "../stored-moment.ts";
import { type IndexStep, type ProbeRow, probeRows } from "./probe-rows.ts";
import { AsTable } from "./step-frame.tsx";

const ROW_HEIGHT = 5;

/** A search in an index: each row is what was left of it, the mark where it was looked at. The same as a table. */
export function ProbeChart({ step }: { step: IndexStep }) {
  const rows = probeRows(step);
  if (rows.length === 0) return null;
  return (
    <>
      <div aria-hidden className="mt-2">
        <div className="relative" style={{ height: rows.length * ROW_HEIGHT + 1 }}>
          {rows.map(({ left, width, at, compared, found }, index) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a probe is its place
              key={index}
              className="absolute inset-x-0"
              style={{ top: index * ROW_HEIGHT, height: ROW_HEIGHT - 1 }}
            >
              <span
                className="absolute inset-y-0 min-w-0.5 rounded-1 bg-line"
                style={{ left: `${left}%`, width: `${width}%` }}
              />
              <span
                className={cn(
                  "absolute -top-px z-10 size-1.5 -translate-x-1/2 rounded-full border",
                  found
                    ? "border-accent bg-accent"
                    : compared !== "after"
                      ? "border-mark-2 bg-mark-2"
                      : "border-mark-2 bg-bg",
                )}
                style={{ left: `${at}%` }}
              />
            </div>
          ))}
        </div>
        <div className="mt-1 flex justify-between border-line-strong border-t pt-0.5 text-11 text-ink-3">
          <span>entry 0</span>
          <span>{formatCount(step.entries - 1)}</span>
        </div>
      </div>
      <AsTable summary={`The ${plural(rows.length, "probe")} as a table`}>
        <ProbeTable step={step} rows={rows} />
      </AsTable>
    </>
  );
}

function ProbeTable({ step, rows }: { step: IndexStep; rows: readonly ProbeRow[] }) {
  const zone = useZone();
  const ofTime = step.step === "time-index";
  return (
    <Table label={`Probes of ${step.file}`}>
      <thead>
        <tr>
          <Th right>Probe</Th>
          <Th right>Entry</Th>
          {ofTime && <Th>Timestamp, {zone}</Th>}
          <Th right>Offset</Th>
          {!ofTime && <Th right>Byte</Th>}
          <Th>Says</Th>
        </tr>
      </thead>
      <tbody>
        {step.probes.map(({ look, entry, offset, timestampMs, position }, index) => (
          <tr key={`${look} ${entry}`}>
            <Td right className="h-6">
              {index + 1}
            </Td>
            <Td right className="h-6">
              {formatCount(entry)}
            </Td>
            {ofTime && <Td className="h-6">{storedMomentText(timestampMs ?? "-1", zone)}</Td>}
            <Td right className="h-6">
              <Offset value={offset} />
            </Td>
            {!ofTime && (
              <Td right className="h-6">
                <Offset value={position} />
              </Td>
            )}
            <Td className="h-6">{rows[index]?.says}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
