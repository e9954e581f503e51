import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { FenceError } from "./partition-directory.ts";

/** What is wrong, before it is put on the wire. */
export interface Damage {
  readonly file: string;
  /** Null: about the whole file. */
  readonly position: number | null;
  readonly kind: SegmentDamage["kind"];
  readonly detail: string;
}

/** What a file that couldn't be opened or read is told as. */
export function unreadableFile(file: string, error: unknown): Damage {
  if (!(error instanceof FenceError)) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    return { file, position: null, kind: "unreadable", detail: `${file} can't be read${code}.` };
  }
  if (error.reason === "vanished") {
    return {
      file,
      position: null,
      kind: "vanished",
      detail: `${file} went away while it was looked at: the broker deleted, compacted or renamed it.`,
    };
  }
  return {
    file,
    position: null,
    kind: error.reason === "not-a-file" || error.reason === "outside" ? "foreign-file" : "unreadable",
    detail: error.message,
  };
}
