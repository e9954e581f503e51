"use client";
import { AnchoredMenu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import type { Cell } from "#lib/contracts/message-row.ts";
import { cellText } from "./cell-text.tsx";

export interface CellChoice {
  readonly part: "key" | "value";
  readonly cell: Cell;
  readonly act: { readonly kind: "only" | "without" | "highlight" | "copy"; readonly text: string };
}

interface CellMenuProps {
  /** The cell. */
  anchor: Element;
  part: "key" | "value";
  cell: Cell;
  onClose: () => void;
  onChoose: (choice: CellChoice) => void;
}

/** A filter takes so much. */
const MAX_NEEDLE = 1_000;
const SHOWN = 28;

/** What can be done with a key or value, or with what is selected in it. */
export function CellMenu({ anchor, part, cell, onClose, onChoose }: CellMenuProps) {
  const selected = selectedIn(anchor);
  const whole = cellText(cell);
  const text = selected ?? whole;
  const fits = text !== null && text !== "" && text.length <= MAX_NEEDLE;
  const isWholeKey = part === "key" && selected === null;
  const choose = (kind: CellChoice["act"]["kind"]) => {
    if (text !== null) onChoose({ part: isWholeKey ? "key" : "value", cell, act: { kind, text } });
    onClose();
  };
  const named = text === null ? "" : `“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”`;
  return (
    <AnchoredMenu anchor={anchor} onClose={onClose} label={part === "key" ? "This key" : "This value"}>
      <MenuItem disabled={!fits && !(isWholeKey && text === "")} onClick={() => choose("only")}>
        {isWholeKey ? "Only this key" : "Only with"} <span className="mono truncate text-ink-2">{named}</span>
      </MenuItem>
      <MenuItem disabled={!fits} onClick={() => choose("without")}>
        Without <span className="mono truncate text-ink-2">{named}</span>
      </MenuItem>
      <MenuItem disabled={!fits} onClick={() => choose("highlight")}>
        Highlight <span className="mono truncate text-ink-2">{named}</span>
      </MenuItem>
      <MenuSeparator />
      <MenuItem disabled={text === null} onClick={() => choose("copy")}>
        Copy
      </MenuItem>
    </AnchoredMenu>
  );
}

function selectedIn(cell: Element): string | null {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.anchorNode === null) return null;
  return cell.contains(selection.anchorNode) ? selection.toString() : null;
}
