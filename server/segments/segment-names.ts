/** `%020d`: the base offset that a segment's files are named by. */
const SEGMENT_FILE = /^(\d{20})\.(log|index|timeindex|txnindex|snapshot)$/;
/** Files on their way: out (`.deleted`), or written by the cleaner (`.cleaned`, `.swap`). */
const IN_PASSING = /^\d{20}\.(?:log|index|timeindex|txnindex|snapshot)\.(deleted|cleaned|swap)$/;
const INT64_MAX = 9_223_372_036_854_775_807n;

export const segmentFileKinds = ["log", "index", "timeindex", "txnindex", "snapshot"] as const;
export type SegmentFileKind = (typeof segmentFileKinds)[number];

export type NamedFile =
  | { readonly kind: SegmentFileKind; readonly baseOffset: bigint }
  | { readonly kind: "deleted" | "cleaned" | "swap" }
  | { readonly kind: "other" };

/** What a file of a partition's directory is, by its name. */
export function nameOf(file: string): NamedFile {
  const [, digits, kind] = SEGMENT_FILE.exec(file) ?? [];
  if (digits !== undefined && BigInt(digits) <= INT64_MAX) {
    return { kind: kind as SegmentFileKind, baseOffset: BigInt(digits) };
  }
  const [, passing] = IN_PASSING.exec(file) ?? [];
  if (passing !== undefined) return { kind: passing as "deleted" | "cleaned" | "swap" };
  return { kind: "other" };
}

export function segmentFileName(baseOffset: bigint, kind: SegmentFileKind): string {
  return `${baseOffset.toString().padStart(20, "0")}.${kind}`;
}
