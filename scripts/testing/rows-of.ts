import { z } from "zod";
import type { MessageFilter } from "#lib/contracts/message-filter.ts";
import { type GapRow, type MessageRow, type ProblemRow, type TailRow, tailRow } from "#lib/contracts/message-row.ts";
import type { Lens, LensYield } from "#server/reader/lens.ts";

const NO_FILTER: MessageFilter = { case: false, keyAs: "auto", valueAs: "auto" };

/** A lens that shows everything, but for what a test wants different. */
export function testLens(lens: Partial<Lens> = {}): Lens {
  return { ...NO_FILTER, isolation: "uncommitted", previewBytes: 512, gaps: true, ...lens };
}

/** Rows as the browser gets them, valid by their contract. */
export function rowsOf({ rows }: LensYield): TailRow[] {
  return z.array(tailRow).parse(JSON.parse(`[${rows}]`));
}

export function messagesOf(result: LensYield): MessageRow[] {
  return rowsOf(result).filter((row) => Array.isArray(row));
}

export function gapsOf(result: LensYield): GapRow[] {
  return rowsOf(result).filter((row): row is GapRow => "gap" in row);
}

export function problemsOf(result: LensYield): ProblemRow[] {
  return rowsOf(result).filter((row): row is ProblemRow => "problem" in row);
}
