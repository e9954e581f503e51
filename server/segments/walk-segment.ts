import type { Damage } from "./damage.ts";
import type { OpenedSegment } from "./open-segment.ts";
import type { SegmentFile } from "./segment-file.ts";
import { keyOrder, type OffsetEntry } from "./sparse-index.ts";
import { headerAt, type Stored, walkHeaders } from "./walk-headers.ts";

/** What stands in a log, or that it can't be told what does. */
export type Walked =
  | Exclude<Stored, { readonly kind: "end" }>
  /** `resumesAt`: where the walk goes on, as the index tells; null: it ends here. */
  | {
      readonly kind: "broken";
      /** truncated: what stands there claims to be longer than the file, and may be a batch once that has grown. */
      readonly why: Broken;
      readonly position: number;
      readonly resumesAt: number | null;
      readonly damage: Damage;
    };

type Broken = "truncated" | "not-a-batch" | "zeros";

/** A log that breaks this often isn't one. */
const MAX_BROKEN_PLACES = 100;
/** A broker writes a batch in one go: a tail that is no whole batch after this long stays so. */
const SETTLED_AFTER_MS = 5_000;

/**
 * Walks over a segment's batches, and beyond damage: from where no batch can be read, the offset index leads to the next one.
 * The tail of the active segment, which is being written, is no damage.
 * @param from the start of a batch
 * @param brokenBefore broken places that an earlier walk met before it
 */
export async function* walkSegment(segment: OpenedSegment, from: number, brokenBefore = 0): AsyncGenerator<Walked> {
  let start = from;
  for (let broken = brokenBefore + 1; ; broken++) {
    let end: Extract<Stored, { kind: "end" }> | null = null;
    for await (const stored of walkHeaders(segment.log, start)) {
      if (stored.kind === "end") end = stored;
      else yield stored;
    }
    if (end === null || end.why === "whole") return;
    const resumesAt = broken >= MAX_BROKEN_PLACES ? null : await nextIndexed(segment, end.position);
    if (resumesAt === null && isTail(segment, end.why)) return;
    yield {
      kind: "broken",
      why: end.why,
      position: end.position,
      resumesAt,
      damage: brokenAt(segment.log, end.position, end.why, resumesAt),
    };
    if (resumesAt === null) return;
    start = resumesAt;
  }
}

/** The next place, by the index, where a batch does begin. */
async function nextIndexed({ log, offsets }: OpenedSegment, position: number): Promise<number | null> {
  if (offsets === null) return null;
  const { found } = await offsets.lookUp((entry) => keyOrder(entry.position, position));
  for (let number = (found?.number ?? -1) + 1; number < offsets.entries; number++) {
    const entry = await offsets.at(number);
    if (entry === null || entry.position <= position || entry.position >= log.sizeBytes) return null;
    if (await beginsAt(log, entry)) return entry.position;
  }
  return null;
}

/** A batch begins at an entry's place that may be the entry's. */
export async function beginsAt(log: SegmentFile, { offset, position }: OffsetEntry): Promise<boolean> {
  const header = await headerAt(log, position);
  return header !== null && header.baseOffset <= offset;
}

/** What stands at the end of the active segment is being written, or was preallocated (`log.preallocate`). */
export function isTail({ active, log }: Pick<OpenedSegment, "active" | "log">, why: Broken): boolean {
  if (!active || why === "not-a-batch") return false;
  return why === "zeros" || Date.now() - log.modifiedMs < SETTLED_AFTER_MS;
}

export function brokenAt(log: SegmentFile, position: number, why: Broken, resumesAt: number | null): Damage {
  const left = (resumesAt ?? log.sizeBytes) - position;
  const after =
    resumesAt === null
      ? `${left} bytes can't be read.`
      : `${left} bytes can't be read; by the index, a batch begins at byte ${resumesAt} again.`;
  const what = {
    truncated: resumesAt === null ? "the last batch is cut off:" : "a batch claims to be longer than the file:",
    "not-a-batch": "no batch begins:",
    zeros: "there are zeros where batches should be:",
  }[why];
  const kind = why === "truncated" && resumesAt === null ? "truncated" : why === "zeros" ? "truncated" : "not-a-batch";
  return { file: log.name, position, kind, detail: `At byte ${position} ${what} ${after}` };
}

export function oldFormat(file: string, position: number, magic: number): Damage {
  return {
    file,
    position,
    kind: "old-format",
    detail: `Message format ${magic}, from before Kafka 0.11: it is named here, not read. Brokers of 4.x don't read it either; kafka-dump-log.sh of 3.9 does.`,
  };
}
