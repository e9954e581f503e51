import {
  BATCH_HEADER_BYTES,
  BATCH_PREFIX_BYTES,
  type BatchHeader,
  readBatchHeader,
  readMagic,
} from "../reader/record-batch.ts";
import type { SegmentFile } from "./segment-file.ts";

/** What stands at a place of a log file. */
export type Stored =
  | { readonly kind: "batch"; readonly position: number; readonly header: BatchHeader }
  /** The formats before Kafka 0.11: one message, or a compressed set of them. */
  | { readonly kind: "old"; readonly position: number; readonly sizeBytes: number; readonly magic: number }
  /** The walk ends here; `whole`: at the end of the file, as it should. */
  | { readonly kind: "end"; readonly position: number; readonly why: "whole" | "truncated" | "not-a-batch" | "zeros" };

/** Where one hops: a disk reads no less than this at once. */
const SMALL_WINDOW = 4 * 1024;
/** Where batch follows batch within the window. */
const LARGE_WINDOW = 1024 * 1024;
/** A message of the old formats is no shorter. */
const OLD_HEADER_BYTES = BATCH_PREFIX_BYTES + 14;
const MAGIC_BYTES = 17;
const KNOWN_MAGIC = 2;

/**
 * Walks from batch to batch by their headers. Large batches are hopped over; where they are small, whole stretches are read.
 * It ends at the first place where no batch can be: nobody can tell how to go on from there.
 * @param from the start of a batch
 * @param to reads no further; the file's size when it was opened, by default
 */
export async function* walkHeaders(file: SegmentFile, from: number, to = file.sizeBytes): AsyncGenerator<Stored> {
  let window = SMALL_WINDOW;
  let bytes: Buffer = Buffer.alloc(0);
  let start = from;
  let position = from;
  while (position < to) {
    if (position - start + BATCH_HEADER_BYTES > bytes.length) {
      const adjoins = bytes.length > 0 && position < start + bytes.length;
      window = adjoins ? Math.min(LARGE_WINDOW, window * 2) : SMALL_WINDOW;
      start = position;
      bytes = await file.read(start, Math.min(window, to - start));
    }
    const stored = storedAt(bytes, position - start, position, to);
    yield stored;
    if (stored.kind === "end") return;
    position += stored.kind === "batch" ? stored.header.sizeBytes : stored.sizeBytes;
  }
  yield { kind: "end", position, why: "whole" };
}

/** The header of the batch that begins there; null when none does. */
export async function headerAt(file: SegmentFile, position: number): Promise<BatchHeader | null> {
  for await (const stored of walkHeaders(file, position)) return stored.kind === "batch" ? stored.header : null;
  return null;
}

function storedAt(bytes: Buffer, at: number, position: number, to: number): Stored {
  const left = bytes.length - at;
  if (left < MAGIC_BYTES) return { kind: "end", position, why: isZeros(bytes, at) ? "zeros" : "truncated" };
  const sizeBytes = BATCH_PREFIX_BYTES + bytes.readInt32BE(at + 8);
  const magic = readMagic(bytes, at);
  if (magic >= 0 && magic < KNOWN_MAGIC) {
    if (sizeBytes < OLD_HEADER_BYTES) {
      return { kind: "end", position, why: isZeros(bytes, at) ? "zeros" : "not-a-batch" };
    }
    if (position + sizeBytes > to) return { kind: "end", position, why: "truncated" };
    return { kind: "old", position, sizeBytes, magic };
  }
  if (magic !== KNOWN_MAGIC || sizeBytes < BATCH_HEADER_BYTES) return { kind: "end", position, why: "not-a-batch" };
  if (left < BATCH_HEADER_BYTES || position + sizeBytes > to) return { kind: "end", position, why: "truncated" };
  return { kind: "batch", position, header: readBatchHeader(bytes, at) };
}

/** As far as was read: what a crash leaves behind, or a preallocated file. */
function isZeros(bytes: Buffer, at: number): boolean {
  const end = Math.min(bytes.length, at + BATCH_HEADER_BYTES);
  for (let index = at; index < end; index++) if (bytes[index] !== 0) return false;
  return true;
}
