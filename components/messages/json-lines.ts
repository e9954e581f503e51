import { type JsonOutline, jsonName } from "#lib/json-outline.ts";

/** Which objects and arrays are open: those above a depth, except where a person has chosen otherwise. */
export interface OpenLines {
  readonly openDepth: number;
  readonly toggled: ReadonlySet<number>;
}

/** A document that has no more lines than this opens whole. */
const LINES_AT_FIRST = 300;

/** As deep as leaves the lines few enough to be looked over, the first level always. */
export function openAtFirst(outline: JsonOutline): OpenLines {
  const { count, depths } = outline;
  const byDepth: number[] = [];
  for (let node = 0; node < count; node++) {
    const depth = depths[node] ?? 0;
    byDepth[depth] = (byDepth[depth] ?? 0) + 1;
  }
  let lines = byDepth[0] ?? 0;
  let openDepth = 0;
  while (openDepth < byDepth.length) {
    lines += byDepth[openDepth + 1] ?? 0;
    if (openDepth > 0 && lines > LINES_AT_FIRST) break;
    openDepth++;
  }
  return { openDepth, toggled: new Set() };
}

export function isOpen({ depths, sizes }: JsonOutline, node: number, { openDepth, toggled }: OpenLines): boolean {
  return (sizes[node] ?? 0) > 0 && (depths[node] ?? 0) < openDepth !== toggled.has(node);
}

/** Has something to open. */
export function canOpen({ sizes }: JsonOutline, node: number): boolean {
  return (sizes[node] ?? 0) > 0;
}

/** The values that have a line now, in order. */
export function linesOf(outline: JsonOutline, open: OpenLines): readonly number[] {
  const lines: number[] = [];
  for (let node = 0; node < outline.count; ) {
    lines.push(node);
    node = isOpen(outline, node, open) ? node + 1 : (outline.nexts[node] ?? outline.count);
  }
  return lines;
}

export function toggle(open: OpenLines, node: number): OpenLines {
  const toggled = new Set(open.toggled);
  if (!toggled.delete(node)) toggled.add(node);
  return { ...open, toggled };
}

/** "2 keys", "3 items"; a bare bracket pair says that there is nothing in it. */
export function brackets(outline: JsonOutline, node: number, isOpenNow: boolean): string {
  const [opening, closing] = outline.kinds[node] === "object" ? ["{", "}"] : ["[", "]"];
  if (!canOpen(outline, node)) return `${opening}${closing}`;
  return isOpenNow ? opening : `${opening}…${closing}`;
}

const PREVIEWED = 3;
const PREVIEW_LENGTH = 80;

/** The first plain values in a closed object or array: `id: 7, name: "x"`; empty when it begins with others. */
export function previewOf(outline: JsonOutline, node: number): string {
  const parts: string[] = [];
  const end = outline.nexts[node] ?? 0;
  for (let child = node + 1; child < end && parts.length < PREVIEWED; child = outline.nexts[child] ?? end) {
    if (outline.kinds[child] === "object" || outline.kinds[child] === "array") break;
    const name = jsonName(outline, child);
    const start = outline.starts[child] ?? 0;
    const text = outline.text.slice(start, Math.min(outline.ends[child] ?? 0, start + PREVIEW_LENGTH));
    parts.push(name === null ? text : `${name.slice(0, PREVIEW_LENGTH)}: ${text}`);
  }
  const preview = parts.join(", ");
  return preview.length > PREVIEW_LENGTH ? `${preview.slice(0, PREVIEW_LENGTH)}…` : preview;
}

/** The line of a value, or of the closed one it stands in: lines are in order of their values. */
export function lineOf(lines: readonly number[], node: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= node) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface TreeState {
  readonly outline: JsonOutline;
  readonly open: OpenLines;
  readonly lines: readonly number[];
  readonly active: number;
  /** How many lines a page key moves. */
  readonly page: number;
}

/** Where a key leads in a tree (WAI-ARIA): a line, or the active one opens or closes; null for other keys. */
export function treeStep(key: string, { outline, open, lines, active, page }: TreeState): number | "flip" | null {
  const line = lineOf(lines, active);
  const opened = isOpen(outline, active, open);
  switch (key) {
    case "ArrowDown":
      return line + 1;
    case "ArrowUp":
      return line - 1;
    case "PageDown":
      return line + page;
    case "PageUp":
      return line - page;
    case "Home":
      return 0;
    case "End":
      return lines.length - 1;
    case "ArrowRight":
      return opened ? line + 1 : canOpen(outline, active) ? "flip" : line;
    case "ArrowLeft":
      return opened ? "flip" : lineOf(lines, Math.max(0, outline.parents[active] ?? 0));
    case "Enter":
    case " ":
      return "flip";
    default:
      return null;
  }
}
