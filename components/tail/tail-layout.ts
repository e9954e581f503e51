import { timeColumnWidth } from "./row-time.ts";
import { type TailColumn, type TimeFormat, tailColumns } from "./tail-url.ts";

/** Columns in the order of the screen, with their widths as CSS tracks. */
export interface TailLayout {
  readonly columns: readonly TailColumn[];
  readonly pinned: readonly string[];
  readonly template: string;
  readonly time: TimeFormat;
  /** One topic: a partition's number says it all. */
  readonly bare: boolean;
}

const PINNED_WIDTH = "minmax(80px, 148px)";

export function tailLayout(options: {
  columns: readonly TailColumn[];
  pinned: readonly string[];
  time: TimeFormat;
  bare: boolean;
}): TailLayout {
  const chosen = new Set(options.columns);
  // A list without a single column would be no list.
  const columns = chosen.size === 0 ? (["value"] as const) : tailColumns.filter((column) => chosen.has(column));
  const widths: Record<TailColumn, string> = {
    time: `${timeColumnWidth[options.time]}px`,
    partition: options.bare ? "64px" : "minmax(96px, 172px)",
    offset: "94px",
    key: "minmax(80px, 132px)",
    headers: "minmax(96px, 200px)",
    size: "84px",
    value: "minmax(0, 1fr)",
  };
  const tracks: string[] = columns.filter((column) => column !== "value").map((column) => widths[column]);
  tracks.push(...options.pinned.map(() => PINNED_WIDTH));
  if (columns.includes("value")) tracks.push(widths.value);
  else tracks[tracks.length - 1] = "minmax(0, 1fr)";
  return { columns, pinned: options.pinned, template: tracks.join(" "), time: options.time, bare: options.bare };
}

export const columnNames: Record<TailColumn, string> = {
  time: "Time",
  partition: "Partition",
  offset: "Offset",
  key: "Key",
  headers: "Headers",
  size: "Sizes",
  value: "Value",
};
