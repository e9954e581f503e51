"use client";
import { Columns3 } from "lucide-react";
import { useMemo, useSyncExternalStore } from "react";
import { Button } from "./button.tsx";
import { type Column, hideBelowPx } from "./data-table-columns.ts";
import { Menu, MenuCheckbox } from "./menu.tsx";

interface ColumnsMenuProps {
  columns: readonly Pick<Column<never>, "id" | "header" | "hideBelow">[];
  hidden: readonly string[];
  onHiddenChange: (hidden: string[]) => void;
}

/** Which columns are shown; the first, the name, always is. */
export function ColumnsMenu({ columns, hidden, onHiddenChange }: ColumnsMenuProps) {
  const narrow = useLeftOut(columns);
  const left = narrow.filter((id) => !hidden.includes(id));
  return (
    <Menu
      align="end"
      trigger={
        <Button className="max-md:hidden">
          <Columns3 aria-hidden strokeWidth={1.6} />
          Columns
          {left.length > 0 && <span className="font-regular text-ink-3">{`${left.length} don't fit`}</span>}
        </Button>
      }
    >
      {columns.slice(1).map(({ id, header }) => (
        <MenuCheckbox
          key={id}
          checked={!hidden.includes(id)}
          onCheckedChange={(shown) => onHiddenChange(shown ? hidden.filter((one) => one !== id) : [...hidden, id])}
        >
          {header}
          {narrow.includes(id) && <span className="text-ink-3"> · the window is too narrow for it</span>}
        </MenuCheckbox>
      ))}
    </Menu>
  );
}

/** Ids of columns that the window is too narrow for; none before it is known. */
function useLeftOut(columns: ColumnsMenuProps["columns"]): readonly string[] {
  const width = useSyncExternalStore(onResize, windowWidth, () => Number.POSITIVE_INFINITY);
  return useMemo(
    () => columns.flatMap(({ id, hideBelow }) => (hideBelow !== undefined && width < hideBelowPx[hideBelow] ? id : [])),
    [columns, width],
  );
}

function onResize(changed: () => void): () => void {
  window.addEventListener("resize", changed);
  return () => window.removeEventListener("resize", changed);
}

function windowWidth(): number {
  return window.innerWidth;
}
