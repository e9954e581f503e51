import { cn } from "#components/ui/cn.ts";
import { Bytes, Offset } from "#components/ui/quantity.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { LocateStep } from "#lib/contracts/segment-look-ups.ts";
import { formatCount, plural } from "#lib/format.ts";
import { AsTable } from "./step-frame.tsx";

type ScanStep = Extract<LocateStep, { step: "scan" }>;

/** So many have room on the strip; the others are in the table. */
const ON_STRIP = 6;

/** How the last batch of a scan is marked. */
const marks = {
  record: { look: "bg-accent-bg text-ink shadow-[inset_0_-2px_0_var(--accent)]", says: "this one" },
  checksum: { look: "bg-warn-bg text-ink shadow-[inset_0_-2px_0_var(--warn)]", says: "wrong checksum" },
  file: null,
  stopped: null,
} as const;

/** The batches whose headers were read, the one that holds the record, or would, marked. */
export function BatchStrip({ step }: { step: ScanStep }) {
  const { batches, scanned } = step;
  const mark = marks[step.ended];
  if (batches.length === 0) return null;
  const shown = batches.slice(-ON_STRIP);
  const last = batches.at(-1);
  const more = scanned - shown.length;
  return (
    <>
      <ol aria-hidden className="mono mt-1.5 flex flex-wrap gap-0.5 text-12 tracking-[-0.02em]">
        {more > 0 && <li className="px-1.5 py-1 font-sans text-ink-3 tracking-normal">{formatCount(more)} more</li>}
        {shown.map((batch) => (
          <li
            key={batch.position}
            className={cn(
              "flex-1 basis-auto whitespace-nowrap px-1.5 py-1 text-ink-2",
              mark !== null && batch === last ? mark.look : "bg-hover",
            )}
          >
            <Offset value={batch.baseOffset} />
            {batch.lastOffset !== batch.baseOffset && (
              <>
                {" … "}
                <Offset value={batch.lastOffset} />
              </>
            )}
          </li>
        ))}
      </ol>
      <AsTable
        summary={
          scanned === 1
            ? "The batch header as a table"
            : scanned > batches.length
              ? `The last ${batches.length} of ${plural(scanned, "batch header")} as a table`
              : `The ${plural(scanned, "batch header")} as a table`
        }
      >
        <Table label={`Batches of ${step.file}`}>
          <thead>
            <tr>
              <Th right>Byte</Th>
              <Th right>Base offset</Th>
              <Th right>Last offset</Th>
              <Th right>Size</Th>
              <Th>
                <span className="sr-only">Says</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {batches.map((batch) => (
              <tr key={batch.position}>
                <Td right className="h-6">
                  <Offset value={batch.position} />
                </Td>
                <Td right className="h-6">
                  <Offset value={batch.baseOffset} />
                </Td>
                <Td right className="h-6">
                  <Offset value={batch.lastOffset} />
                </Td>
                <Td right className="h-6">
                  <Bytes value={String(batch.sizeBytes)} />
                </Td>
                <Td className="h-6">{batch === last ? mark?.says : ""}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </AsTable>
    </>
  );
}
