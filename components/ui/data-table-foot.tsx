import { cn } from "./cn.ts";
import type { Column } from "./data-table-columns.ts";

interface DataTableFootProps<Row> {
  columns: readonly Column<Row>[];
  cells: Readonly<Record<string, React.ReactNode>>;
  /** By column, in their order. */
  classes: readonly string[];
}

/** The row that sums up. */
export function DataTableFoot<Row>({ columns, cells, classes }: DataTableFootProps<Row>) {
  return (
    <tfoot className="font-strong">
      <tr>
        {columns.map(({ id }, place) => {
          const className = cn(classes[place], "border-line-strong border-t border-b-0");
          return place === 0 ? (
            <th key={id} scope="row" className={cn(className, "font-strong")}>
              {cells[id]}
            </th>
          ) : (
            <td key={id} className={className}>
              {cells[id]}
            </td>
          );
        })}
        <td aria-hidden className="border-line-strong border-t p-0" />
      </tr>
    </tfoot>
  );
}
