/** One line of the bench: what was measured, and what it is held against. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: "ms" | "KB" | "MB";
  /** The reference tool in the same run; null when there is none for this. */
  readonly reference: number | null;
  /** What we want to stay under; null when nothing is set. */
  readonly aim: number | null;
}

const COLUMNS = ["", "measured", "reference", "ratio", "aim", ""] as const;

/** A plain text table; a ratio under 1 means less than the reference. */
export function table(rows: readonly Row[]): string {
  const figure = (value: number | null, unit: string) =>
    value === null ? "—" : `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  const cells = rows.map(({ what, measured, unit, reference, aim }) => [
    what,
    figure(measured, unit),
    figure(reference, unit),
    reference === null ? "—" : `${(measured / reference).toFixed(2)}×`,
    aim === null ? "—" : `≤ ${aim} ${unit}`,
    aim === null ? "" : measured <= aim ? "met" : "missed",
  ]);
  const widths = COLUMNS.map((head, i) => Math.max(head.length, ...cells.map((row) => row[i]?.length ?? 0)));
  return [COLUMNS, ...cells]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
