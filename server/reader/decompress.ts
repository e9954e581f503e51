import { constants, gunzipSync, zstdDecompressSync } from "node:zlib";
import { BatchProblem, corrupt } from "./batch-problem.ts";
import { lz4, snappy } from "./codec-libraries.ts";
import { endOfLz4Frame } from "./lz4-frame.ts";
import type { Codec } from "./record-batch.ts";
import { isXerial, snappySize, xerialBlocks } from "./snappy-blocks.ts";
import { zstdContentSize } from "./zstd-frame.ts";

/** More than that comes out of no batch: its producer may not even send as much uncompressed (`message.max.bytes`). */
export const MAX_UNPACKED_BYTES = 64 * 1_048_576;

/** What zstd's highest level asks for: 128 MiB, of which only what is written is really taken. */
const MAX_WINDOW_LOG = 27;
const MIN_CHUNK_BYTES = 16_384;
const MAX_CHUNK_BYTES = 1_048_576;
/** JSON in gzip or zstd grows about so much: a first guess for how much room is made. */
const USUAL_RATIO = 6;

/**
 * Unpacks the records of a batch; what is too large is refused before room is made for it.
 * @throws {BatchProblem} oversize, corrupt, unknown-codec (its library can't be loaded here)
 */
export function decompress(codec: Codec, bytes: Buffer): Buffer {
  try {
    switch (codec) {
      case "none":
        return bytes;
      case "gzip":
        return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES, chunkSize: chunkSize(bytes) });
      case "zstd": {
        const size = zstdContentSize(bytes);
        if (size !== null) assertFits(size);
        return zstdDecompressSync(bytes, {
          maxOutputLength: MAX_UNPACKED_BYTES,
          chunkSize: size === null ? chunkSize(bytes) : Math.max(64, Math.min(size, MAX_CHUNK_BYTES)),
          params: { [constants.ZSTD_d_windowLogMax]: MAX_WINDOW_LOG },
        });
      }
      case "lz4": {
        const end = endOfLz4Frame(bytes, MAX_UNPACKED_BYTES);
        if (end === "oversize") throw oversize(null);
        return lz4().decompressFrameSync(bytes.subarray(0, end));
      }
      case "snappy":
        return unsnap(bytes);
    }
  } catch (error) {
    if (error instanceof BatchProblem) throw error;
    if (error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") throw oversize(null);
    const why = error instanceof Error ? error.message : String(error);
    throw corrupt(`its records can't be unpacked by ${codec} (${why})`, { cause: error });
  }
}

function chunkSize(bytes: Buffer): number {
  return Math.max(MIN_CHUNK_BYTES, Math.min(bytes.length * USUAL_RATIO, MAX_CHUNK_BYTES));
}

function unsnap(bytes: Buffer): Buffer {
  const library = snappy();
  const unpack = (block: Buffer): Buffer => {
    const unpacked = library.uncompressSync(block);
    return typeof unpacked === "string" ? Buffer.from(unpacked) : unpacked;
  };
  if (!isXerial(bytes)) {
    assertFits(snappySize(bytes));
    return unpack(bytes);
  }
  const blocks = xerialBlocks(bytes);
  assertFits(blocks.reduce((sum, block) => sum + snappySize(block), 0));
  const [only, ...more] = blocks.map(unpack);
  return only !== undefined && more.length === 0 ? only : Buffer.concat(only === undefined ? [] : [only, ...more]);
}

function assertFits(size: number): void {
  if (size > MAX_UNPACKED_BYTES) throw oversize(size);
}

function oversize(size: number | null): BatchProblem {
  const what = size === null ? "more than 64 MiB" : `${Math.ceil(size / 1_048_576)} MiB, more than 64`;
  return new BatchProblem(
    "oversize",
    `This batch unpacks to ${what}, and is left alone. Read it with kcat or kafka-console-consumer.`,
  );
}
