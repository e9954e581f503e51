"use client";
import { Columns3 } from "lucide-react";
import { Button } from "./button.tsx";
import type { Column } from "./data-table-columns.ts";
import { Menu, MenuCheckbox } from "./menu.tsx";

interface ColumnsMenuProps {
  columns: readonly Pick<Column<never>, "id" | "header">[];
  hidden: readonly string[];
  onHiddenChange: (hidden: string[]) => void;
}

/** Which columns are shown; the first, the name, always is. */
export function ColumnsMenu({ columns, hidden, onHiddenChange }: ColumnsMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <Button className="max-md:hidden">
          <Columns3 aria-hidden strokeWidth={1.6} />
          Columns
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
        </MenuCheckbox>
      ))}
    </Menu>
  );
}
