"use client";
import { useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes, Offset } from "#components/ui/quantity.tsx";
import { Td } from "#components/ui/table.tsx";
import { formatBytes, formatCount, plural } from "#lib/format.ts";
import type { SideFileCell, SideFileRow } from "./side-file-rows.ts";

interface SideFileLineProps {
  row: SideFileRow;
  /** The replicas', in their order. */
  columns: readonly { readonly key: string; readonly className: string | undefined }[];
}

const places = { segment: "of each segment", partition: "of the partition", "log-dir": "of the log dir" } as const;
const cellClass = "whitespace-normal py-1.5 align-top [overflow-wrap:anywhere]";

/** A file: what it is for, and what each replica's says. */
export function SideFileLine({ row, columns }: SideFileLineProps) {
  const { name, place, meaning, cells, differs } = row;
  return (
    <tr>
      <th scope="row" className={cn("border-line border-b pr-2.5 font-regular", cellClass)}>
        <span className="mono">{name}</span>
        <span className="block text-12 text-ink-3 leading-4">{places[place]}</span>
        <span className="mt-1 block text-pretty text-12 text-ink-2 leading-4 2xl:hidden">{meaning}</span>
        {differs !== null && (
          <span className="mt-1 flex gap-1.5 text-12 text-warn leading-4">
            <Glyph shape="triangle" className="mt-px size-3 shrink-0" />
            {differs}
          </span>
        )}
      </th>
      <Td className={cn("text-pretty text-ink-2 max-2xl:hidden", cellClass)}>{meaning}</Td>
      {columns.map(({ key, className }, index) => (
        <Td key={key} className={cn(cellClass, className)}>
          <Cell cell={cells[index] ?? null} place={place} />
        </Td>
      ))}
    </tr>
  );
}

/** Of a long history the newest tell. */
const SHOWN_FACTS = 4;
const SHOWN_NAMES = 20;

function Cell({ cell, place }: { cell: SideFileCell | null; place: SideFileRow["place"] }) {
  const [all, setAll] = useState(false);
  if (cell === null) return <span className="text-ink-3">none</span>;
  const { facts, names, files, sizeBytes, usedBytes } = cell;
  const short = facts.length <= SHOWN_FACTS + 1;
  const seen = all || short ? facts : facts.slice(-SHOWN_FACTS);
  const used = usedBytes ?? sizeBytes;
  return (
    <>
      {seen.map(([fact, value]) => (
        <span key={fact} className="block leading-5">
          {fact !== "entries" && <span className="text-ink-2">{fact} </span>}
          <FactValue fact={fact} value={value} />
        </span>
      ))}
      {facts.length === 0 && place === "log-dir" && (
        <span className="block text-ink-3 leading-5">says nothing of it</span>
      )}
      {!short && (
        <More open={all} onToggle={() => setAll(!all)}>
          {all ? `only the newest ${SHOWN_FACTS}` : `${formatCount(facts.length - SHOWN_FACTS)} older`}
        </More>
      )}
      <span
        className="block text-12 text-ink-3 leading-4"
        title={
          usedBytes === null || usedBytes === sizeBytes
            ? undefined
            : `Files of ${formatBytes(sizeBytes)}: that of the active segment is preallocated`
        }
      >
        {files > 1 && `${plural(files, "file")}, `}
        <Bytes value={used} />
        {usedBytes !== null && usedBytes !== sizeBytes && " used"}
      </span>
      {files > 1 && names.length > 0 && <Names names={names} />}
    </>
  );
}

/** A whole number is an offset, an id or an epoch: its digits stand in groups like any offset's. */
function FactValue({ fact, value }: { fact: string; value: string }) {
  if (/^\d+$/.test(value)) return <Offset value={value} />;
  return <span className={fact === "entries" ? undefined : "mono"}>{value}</span>;
}

function Names({ names }: { names: readonly string[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <More open={open} onToggle={() => setOpen(!open)}>
        {open ? "without their names" : "their names"}
      </More>
      {open && (
        <ul className="mono text-12 leading-4">
          {names.slice(0, SHOWN_NAMES).map((name) => (
            <li key={name}>{name}</li>
          ))}
          {names.length > SHOWN_NAMES && (
            <li className="text-ink-3">{`and ${formatCount(names.length - SHOWN_NAMES)} more`}</li>
          )}
        </ul>
      )}
    </>
  );
}

function More({ open, onToggle, children }: { open: boolean; onToggle: () => void; children: React.ReactNode }) {
  return (
    <button type="button" aria-expanded={open} className="link block min-h-hit text-12" onClick={onToggle}>
      {children}
    </button>
  );
}
