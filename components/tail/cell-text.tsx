import { MarkedText } from "#components/messages/marked-text.tsx";
import type { Cell } from "#lib/contracts/message-row.ts";
import { formatBytes } from "#lib/format.ts";

interface CellTextProps {
  cell: Cell;
  part: "key" | "value";
  terms: readonly string[];
}

/** A key or value in a row. Tombstone, empty, binary and undecodable are told apart by a word. */
export function CellText({ cell, part, terms }: CellTextProps) {
  if (cell === null) {
    if (part === "key") return <Faint>null</Faint>;
    return (
      <>
        <RowTag>tombstone</RowTag>
        <Faint>null · deletes this key when compacted</Faint>
      </>
    );
  }
  if (cell === "") {
    return (
      <>
        <RowTag>empty</RowTag>
        <Faint>0 B</Faint>
      </>
    );
  }
  if (typeof cell === "string") return <MarkedText text={cell} terms={terms} />;
  const { as, text, bytes, cut, why } = cell;
  const shown = as === "hex" || as === "undecodable" ? spacedHex(text) : text;
  return (
    <>
      {as !== "text" && as !== "json" && (
        <RowTag title={why} tone={as === "undecodable" ? "warn" : "plain"}>
          {as === "hex" ? "binary" : as}
        </RowTag>
      )}
      {/* Before the text: behind it nobody would see it. */}
      {cut && <RowTag title="Only the beginning is here: open the message">{formatBytes(bytes)}</RowTag>}
      <span title={why}>
        <MarkedText text={shown} terms={terms} />
        {cut && "…"}
      </span>
    </>
  );
}

/** A word before what a row holds: what it is, not what it says. */
export function RowTag({
  children,
  tone = "plain",
  title,
}: {
  children: React.ReactNode;
  tone?: "plain" | "warn" | "crit" | "info";
  title?: string | undefined;
}) {
  const tones = {
    plain: "border-line-strong text-ink-2",
    warn: "border-warn-line text-warn",
    crit: "border-crit-line text-crit",
    info: "border-info-line text-info",
  };
  return (
    <span
      title={title}
      className={`mr-1.5 inline-block rounded-1 border px-[5px] font-medium font-sans text-11 leading-[15px] no-underline ${tones[tone]}`}
    >
      {children}
    </span>
  );
}

function Faint({ children }: { children: React.ReactNode }) {
  return <span className="text-ink-3">{children}</span>;
}

/** "0A 12 6F": as hex dumps are read. */
function spacedHex(hex: string): string {
  return hex.toUpperCase().replace(/(..)(?=.)/g, "$1 ");
}

/** What a filter or the clipboard takes of a cell; null when there is nothing to take. */
export function cellText(cell: Cell): string | null {
  if (cell === null) return null;
  return typeof cell === "string" ? cell : cell.text;
}

const encoder = new TextEncoder();

/** Bytes of the whole payload; null for none. */
export function cellBytes(cell: Cell): number | null {
  if (cell === null) return null;
  return typeof cell === "string" ? encoder.encode(cell).length : cell.bytes;
}
