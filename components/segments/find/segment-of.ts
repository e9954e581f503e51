import { baseOffsetOfFile } from "#components/segments/segment-files.ts";
import type { Located } from "#lib/contracts/segment-look-ups.ts";

/** The base offset of the segment that a look-up led to: where the record lies, or what kept it from being read; else null. */
export function segmentOf({ steps, result }: Pick<Located, "steps" | "result">): string | null {
  if (result !== "exact" && result !== "next" && result !== "stopped") return null;
  const file = steps.findLast((step) => step.step === "scan")?.file;
  return file === undefined ? null : baseOffsetOfFile(file);
}
