import type { BatchHeader } from "../reader/record-batch.ts";
import { batchProblems } from "./check-batch.ts";
import type { Damage } from "./damage.ts";
import { brokenEnd } from "./describe-segment.ts";
import { openOffsetIndex } from "./open-index.ts";
import { FenceError, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";
import { walkHeaders } from "./walk-headers.ts";

/** A batch of a page, or one entry of an old format. */
export type PagedBatch =
  | {
      readonly kind: "batch";
      readonly position: number;
      readonly header: BatchHeader;
      /** Null: the page's budget was used up before it was read. */
      readonly crcMatches: boolean | null;
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
 * The batches of a segment from a position on. Each one's checksum is computed, as far as the page's budget goes.
 * @param from a position where a batch begins, or an offset: then the batch that holds it, or the next one
 * @throws {FenceError} when the log can't be opened; the signal's reason
 */
export async function pageBatches(
  directory: PartitionDirectory,
  segment: { readonly baseOffset: bigint; readonly active: boolean },
  from: { readonly position: number } | { readonly offset: bigint },
  limit: number,
  signal: AbortSignal,
): Promise<BatchesPage> {
  const log = await directory.openFile(segmentFileName(segment.baseOffset, "log"));
  try {
    const start = "position" in from ? from.position : await positionBefore(directory, segment.baseOffset, from.offset);
    const least = "offset" in from ? from.offset : null;
    const batches: PagedBatch[] = [];
    const damage: Damage[] = [];
    let nextPosition: number | null = null;
    let budget = MAX_PAGE_BYTES;
    for await (const stored of walkHeaders(log, Math.min(start, log.sizeBytes))) {
      signal.throwIfAborted();
      if (stored.kind === "end") {
        if (stored.why !== "whole" && !(segment.active && stored.why !== "not-a-batch")) {
          damage.push(brokenEnd(log, stored.position, stored.why));
        }
        break;
      }
      if (stored.kind === "batch" && least !== null && stored.header.lastOffset < least) continue;
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
      if (header.sizeBytes <= budget) {
        budget -= header.sizeBytes;
        const problems = batchProblems(log.name, position, header, await log.read(position, header.sizeBytes));
        crcMatches = !problems.some(({ kind }) => kind === "crc");
        damage.push(...problems);
      }
      batches.push({ kind: "batch", position, header, crcMatches });
    }
    return { file: log.name, fileBytes: log.sizeBytes, batches, nextPosition, damage, bytesRead: log.bytesRead };
  } finally {
    await log.close();
  }
}

/** Where to begin to look for an offset: an index that can't be used costs time, not the answer. */
async function positionBefore(directory: PartitionDirectory, baseOffset: bigint, offset: bigint): Promise<number> {
  try {
    const index = await openOffsetIndex(directory, baseOffset);
    try {
      const { found } = await index.lookUp((entry) => entry.offset > offset);
      return found?.entry.position ?? 0;
    } finally {
      await index.file.close();
    }
  } catch (error) {
    if (error instanceof FenceError) return 0;
    throw error;
  }
}
