import { type BatchHeader, isControl } from "../reader/record-batch.ts";
import { batchProblems } from "./check-batch.ts";
import { controlTypeIn, MAX_CONTROL_BYTES } from "./control-type.ts";
import type { Damage } from "./damage.ts";
import { type OpenedSegment, openSegment, type SegmentPlace } from "./open-segment.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { keyOrder } from "./sparse-index.ts";
import { walkSegment } from "./walk-segment.ts";

/** A batch of a page, or one entry of an old format. */
export type PagedBatch =
  | {
      readonly kind: "batch";
      readonly position: number;
      readonly header: BatchHeader;
      /** Null: the page's budget was used up before it was read. */
      readonly crcMatches: boolean | null;
      /** What a control batch says; null: it is none, or can't be read. */
      readonly controlType: string | null;
    }
  | { readonly kind: "old"; readonly position: number; readonly sizeBytes: number; readonly magic: number };

export interface BatchesPage {
  readonly file: string;
  readonly fileBytes: number;
  readonly batches: readonly PagedBatch[];
  readonly nextPosition: number | null;
  readonly damage: readonly Damage[];
  readonly bytesRead: number;
}

/** Whole batches that one page reads for their checksums: batches of 1 MiB each would otherwise make it 500 MiB. */
const MAX_PAGE_BYTES = 32 * 1024 * 1024;

/**
 * The batches of a segment from a position on, and beyond damage. Each one's checksum is computed, as far as the page's budget
 * goes, and each marker is looked into.
 * @param from a position: the first batch that begins there or after it; or an offset: the batch that holds it, or the next one
 * @throws {FenceError} when the log can't be opened; the signal's reason
 */
export async function pageBatches(
  directory: PartitionDirectory,
  place: SegmentPlace,
  from: { readonly position: number } | { readonly offset: bigint },
  limit: number,
  signal: AbortSignal,
): Promise<BatchesPage> {
  const segment = await openSegment(directory, place);
  const { log } = segment;
  try {
    const batches: PagedBatch[] = [];
    const damage: Damage[] = [];
    let nextPosition: number | null = null;
    let budget = MAX_PAGE_BYTES;
    for await (const stored of walkSegment(segment, await startBefore(segment, from))) {
      signal.throwIfAborted();
      if (stored.kind === "broken") {
        if ("offset" in from || (stored.resumesAt ?? log.sizeBytes) > from.position) damage.push(stored.damage);
        continue;
      }
      if (isBefore(stored, from)) continue;
      if (batches.length === limit) {
        nextPosition = stored.position;
        break;
      }
      if (stored.kind === "old") {
        batches.push(stored);
        continue;
      }
      const { position, header } = stored;
      let crcMatches: boolean | null = null;
      let bytes: Buffer | null = null;
      if (header.sizeBytes <= budget) {
        budget -= header.sizeBytes;
        bytes = await log.read(position, header.sizeBytes);
        const problems = batchProblems(log.name, position, header, bytes);
        crcMatches = !problems.some(({ kind }) => kind === "crc" || kind === "truncated");
        damage.push(...problems);
      }
      if (bytes === null && isControl(header.attributes)) {
        bytes = await log.read(position, Math.min(header.sizeBytes, MAX_CONTROL_BYTES));
      }
      const controlType = bytes === null || crcMatches === false ? null : controlTypeIn(header, bytes);
      batches.push({ kind: "batch", position, header, crcMatches, controlType });
    }
    return { file: log.name, fileBytes: log.sizeBytes, batches, nextPosition, damage, bytesRead: segment.bytesRead() };
  } finally {
    await segment.close();
  }
}

type From = Parameters<typeof pageBatches>[2];

function isBefore(stored: PagedBatch | { kind: "batch"; position: number; header: BatchHeader }, from: From): boolean {
  if ("position" in from) return stored.position < from.position;
  return stored.kind === "batch" && stored.header.lastOffset < from.offset;
}

/**
 * A place at or before it where a batch begins for certain: among a batch's bytes anything may look like a header. An index
 * that can't be used costs time, not the answer.
 */
async function startBefore({ offsets }: OpenedSegment, from: From): Promise<number> {
  const lookup = await offsets?.lookUp((entry) =>
    "offset" in from ? keyOrder(entry.offset, from.offset) : keyOrder(entry.position, from.position),
  );
  return lookup?.found?.entry.position ?? 0;
}
