import { type ColumnDef, createSortedRowModel, rowSortingFeature, tableFeatures } from "@tanstack/react-table";

export type SortValue = string | number | bigint | boolean | null;

/** One column of a DataTable. Define columns outside the component, or memoise them. */
export interface Column<Row> {
  readonly id: string;
  /** Its head, and its name in the Columns menu. */
  readonly header: string;
  /** The head on a phone, where the full one would be cut. */
  readonly headerShort?: string;
  /** What the number is, exactly; as the head's title. */
  readonly headerTitle?: string;
  /** Pixels, or a CSS length; "auto" shares what is left. */
  readonly width: number | string;
  readonly align?: "right";
  /** By what it sorts; left out: it doesn't. Null sorts last in both directions. */
  readonly sortValue?: (row: Row) => SortValue;
  /** Numbers that matter when large. */
  readonly descendingFirst?: boolean;
  readonly cell: (row: Row) => React.ReactNode;
  /** Leaves when the window is narrower: sm 480, md 720, lg 1000, xl 1240, 2xl 1440 px. */
  readonly hideBelow?: "sm" | "md" | "lg" | "xl" | "2xl";
}

/** Pixels of the window, as `hideBelow` has them. */
export const hideBelowPx = { sm: 480, md: 720, lg: 1000, xl: 1240, "2xl": 1440 } as const;

export interface Sort {
  readonly id: string;
  readonly desc: boolean;
}

export const hideBelowClass = {
  sm: "max-sm:hidden",
  md: "max-md:hidden",
  lg: "max-lg:hidden",
  xl: "max-xl:hidden",
  "2xl": "max-2xl:hidden",
} as const;

export const dataTableFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof dataTableFeatures;

/** Our columns as TanStack Table's: unknown values become undefined, which it keeps last. */
export function toColumnDefs<Row extends object>(columns: readonly Column<Row>[]): ColumnDef<Features, Row>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.header,
    accessorFn: (row: Row) => column.sortValue?.(row) ?? undefined,
    enableSorting: column.sortValue !== undefined,
    sortDescFirst: column.descendingFirst ?? false,
    sortUndefined: "last",
    sortFn: (a, b, id) =>
      compareSortValues(a.getValue<NonNullable<SortValue>>(id), b.getValue<NonNullable<SortValue>>(id)),
  }));
}

/** Ascending; values of one column are of one type, except that counts may mix number and bigint. */
function compareSortValues(a: NonNullable<SortValue>, b: NonNullable<SortValue>): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
