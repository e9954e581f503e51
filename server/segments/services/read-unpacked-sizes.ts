import type { Decoder } from "../../reader/decoder-pool.ts";
import { codecOf, readBatchHeader } from "../../reader/record-batch.ts";
import type { BatchesPage } from "../page-batches.ts";
import { FenceError, type PartitionDirectory } from "../partition-directory.ts";
import { storedChunk } from "./stored-chunk.ts";

/** Compressed batches of a page that are unpacked; of further ones the ratio isn't told. */
const MAX_BYTES = 8 * 1024 * 1024;

export interface UnpackedSizes {
  /** By position; only of compressed batches that could be unpacked. */
  readonly byPosition: ReadonlyMap<number, number>;
  readonly bytesRead: number;
}

/**
 * What a page's compressed batches are when unpacked, by a decoder's thread.
 * @throws the signal's reason; {ProblemError} shutting-down
 */
export async function readUnpackedSizes(
  decoder: Decoder,
  directory: PartitionDirectory,
  page: BatchesPage,
  signal: AbortSignal,
): Promise<UnpackedSizes> {
  const wanted = compressed(page);
  const [first] = wanted;
  if (first === undefined) return { byPosition: new Map(), bytesRead: 0 };
  const pieces: Buffer[] = [];
  let bytesRead = 0;
  try {
    const file = await directory.openFile(page.file);
    try {
      for (const { position, header } of wanted) {
        signal.throwIfAborted();
        const piece = await file.read(position, header.sizeBytes);
        // The cleaner has put another file in its place.
        if (piece.length < header.sizeBytes || readBatchHeader(piece, 0).crc !== header.crc) break;
        pieces.push(piece);
      }
    } finally {
      bytesRead = file.bytesRead;
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof FenceError)) throw error;
  }
  const last = wanted[pieces.length - 1];
  if (last === undefined) return { byPosition: new Map(), bytesRead };
  const chunk = storedChunk(Buffer.concat(pieces), first.header.baseOffset, last.header.lastOffset + 1n);
  const sizes = await decoder.unpackedSizes(chunk, signal);
  const byPosition = new Map<number, number>();
  for (const [index, { position }] of wanted.entries()) {
    const size = sizes[index] ?? null;
    if (size !== null) byPosition.set(position, size);
  }
  return { byPosition, bytesRead };
}

function compressed({ batches }: BatchesPage) {
  let left = MAX_BYTES;
  return batches.filter((batch) => {
    if (batch.kind !== "batch" || batch.crcMatches !== true || codecOf(batch.header.attributes) === "none")
      return false;
    left -= batch.header.sizeBytes;
    return left >= 0;
  }) as Extract<BatchesPage["batches"][number], { kind: "batch" }>[];
}
