const MAGIC = 0x184d2204;
const HAS_DICTIONARY = 1;
const HAS_CONTENT_CHECKSUM = 4;
const HAS_CONTENT_SIZE = 8;
const HAS_BLOCK_CHECKSUMS = 16;
const STORED = 0x80000000;

/**
 * Where an LZ4 frame ends among bytes, once it is sure that it unpacks to no more than `limit`: first by its blocks' sizes
 * and the format's greatest ratio, and only when that is too much, by walking through what is packed. No room is made.
 * @throws {RangeError} when it is no whole frame
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function endOfLz4Frame(bytes: Buffer, limit: number): number | "oversize" {
  if (bytes.length < 7 || bytes.readUInt32LE(0) !== MAGIC) throw new RangeError("it is no LZ4 frame");
  const flags = bytes.readUInt8(4);
  const maxBlock = 2 ** (8 + 2 * ((bytes.readUInt8(5) >> 4) & 7));
  let at = 7 + (flags & HAS_CONTENT_SIZE ? 8 : 0) + (flags & HAS_DICTIONARY ? 4 : 0);
  let most = 0;
  let exact = false;
  const first = at;
  for (;;) {
    // Past the end, this throws a RangeError of its own.
    const size = bytes.readUInt32LE(at);
    at += 4;
    if (size === 0) break;
    const length = size & ~STORED;
    const end = at + length;
    if (length > bytes.length - at) throw new RangeError("an LZ4 block is cut off");
    if (size >= STORED) most += length;
    else most += exact ? unpackedSize(bytes, at, end, maxBlock) : Math.min(maxBlock, length * MAX_RATIO);
    at = end + (flags & HAS_BLOCK_CHECKSUMS ? 4 : 0);
    if (most > limit) {
      if (exact) return "oversize";
      exact = true;
      most = 0;
      at = first;
    }
  }
  const end = at + (flags & HAS_CONTENT_CHECKSUM ? 4 : 0);
  if (end > bytes.length) throw new RangeError("an LZ4 frame is cut off");
  return end;
}

/** A byte that extends a match's length stands for at most so many. */
const MAX_RATIO = 255;
const EXTENDED = 15;
const MIN_MATCH = 4;

/** What a block unpacks to, by the lengths of its literals and matches. */
function unpackedSize(bytes: Buffer, start: number, end: number, maxBlock: number): number {
  let at = start;
  let size = 0;
  const extension = (length: number): number => {
    let whole = length;
    if (length !== EXTENDED) return whole;
    for (let byte = 255; byte === 255 && at < end; at += 1) {
      byte = bytes[at] ?? 0;
      whole += byte;
    }
    return whole;
  };
  while (at < end && size <= maxBlock) {
    const token = bytes[at] ?? 0;
    at += 1;
    const literals = extension(token >> 4);
    at += literals;
    size += literals;
    if (at >= end) break;
    at += 2;
    size += MIN_MATCH + extension(token & 15);
  }
  return size;
}
