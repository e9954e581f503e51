/** One line of the bench: what was measured, and what it is held against. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  /** "": a count. */
  readonly unit: "ms" | "s" | "B" | "KB" | "MB" | "";
  /** The reference tool in the same run; null when there is none for this. */
  readonly reference: number | null;
  /** What we want to stay under; null when nothing is set. */
  readonly aim: number | null;
}

const COLUMNS = ["", "measured", "reference", "ratio", "aim", ""] as const;

/** A plain text table; a ratio under 1 means less than the reference. */
export function table(rows: readonly Row[]): string {
  const figure = (value: number | null, unit: Row["unit"]) => {
    if (value === null || Number.isNaN(value)) return "—";
    return `${value.toFixed(unit !== "" && value < 10 ? 1 : 0)} ${unit}`.trim();
  };
  const cells = rows.map(({ what, measured, unit, reference, aim }) => [
    what,
    figure(measured, unit),
    figure(reference, unit),
    reference === null || reference === 0 ? "—" : `${(measured / reference).toFixed(2)}×`,
    aim === null ? "—" : `≤ ${Math.round(aim)} ${unit}`.trim(),
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
