/**
 * The list is a grid to assistive technology, made of boxes that are placed by hand: a table's own elements could not be.
 * The grid itself takes the focus and names the active row, so that rows may come and go.
 */
export function gridProps({ label, rows, activeId }: { label: string; rows: number; activeId: string | undefined }) {
  return {
    role: "grid",
    "aria-label": label,
    "aria-rowcount": rows,
    "aria-activedescendant": activeId,
    tabIndex: 0,
  } as const;
}

/** `number`: from 1, over all rows that ever were; the head is the first. */
export function rowProps({ id, number, selected }: { id: string; number: number; selected: boolean }) {
  return { role: "row", id, "aria-rowindex": number, "aria-selected": selected } as const;
}

export const headRowRole = { role: "row" } as const;
export const headRole = { role: "columnheader" } as const;
export const cellRole = { role: "gridcell" } as const;
