import { gzipSync, zstdCompressSync } from "node:zlib";
import { compressFrameSync } from "lz4-napi";
import { compressSync } from "snappy";
import { expect, test } from "vitest";
import { BatchProblem } from "./batch-problem.ts";
import { decompress, MAX_UNPACKED_BYTES } from "./decompress.ts";
import type { Codec } from "./record-batch.ts";

const pack: Record<Exclude<Codec, "none">, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => gzipSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
  lz4: (bytes) => compressFrameSync(bytes),
  snappy: (bytes) => compressSync(bytes),
};
const codecs = Object.keys(pack) as (keyof typeof pack)[];

function problemOf(codec: Codec, bytes: Buffer): BatchProblem {
  try {
    decompress(codec, bytes);
  } catch (error) {
    if (error instanceof BatchProblem) return error;
    throw error;
  }
  throw new Error("it was unpacked");
}

test.each(codecs)("%s: 64 MiB are unpacked, one byte more is refused", (codec) => {
  expect(decompress(codec, pack[codec](Buffer.alloc(MAX_UNPACKED_BYTES))).length).toBe(MAX_UNPACKED_BYTES);
  const problem = problemOf(codec, pack[codec](Buffer.alloc(MAX_UNPACKED_BYTES + 1)));
  expect(problem.code).toBe("oversize");
});

test.each(codecs)("%s: a bomb is refused without making room for it", (codec) => {
  const bomb = pack[codec](Buffer.alloc(4 * MAX_UNPACKED_BYTES));
  const before = process.memoryUsage().rss;
  expect(problemOf(codec, bomb).code).toBe("oversize");
  expect(process.memoryUsage().rss - before).toBeLessThan(2 * MAX_UNPACKED_BYTES);
});

test.each(codecs)("%s: what is cut off is corrupt, and says so", (codec) => {
  const packed = pack[codec](Buffer.from("text ".repeat(1_000)));
  for (const length of [0, 3, 8, packed.length >> 1, packed.length - 1]) {
    expect(problemOf(codec, packed.subarray(0, length))).toMatchObject({ code: "corrupt" });
  }
});

test("many small lz4 blocks are measured, not guessed to be too much", () => {
  const text = Buffer.from("a block of its own, flushed by its producer ".repeat(2));
  const [header, block] = lz4Parts(compressFrameSync(text));
  const blocks = Array.from({ length: 20_000 }, () => block);
  const packed = Buffer.concat([header, ...blocks, Buffer.alloc(4)]);
  expect(decompress("lz4", packed).length).toBe(20_000 * text.length);
});

/** The header of a frame, and its only block with its size. */
function lz4Parts(frame: Buffer): [Buffer, Buffer] {
  return [frame.subarray(0, 7), frame.subarray(7, 11 + (frame.readUInt32LE(7) & 0x7fffffff))];
}
