/** How snappy-java's stream begins, which Java's producer writes; others write one plain block. */
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** With two version numbers. */
const XERIAL_HEADER_BYTES = 16;
/** A copy of 64 bytes takes three: no block grows by more. */
const MAX_RATIO = 22;
const MAX_VARINT_BYTES = 5;

export function isXerial(bytes: Buffer): boolean {
  return bytes.length >= XERIAL_HEADER_BYTES && bytes.compare(XERIAL, 0, XERIAL.length, 0, XERIAL.length) === 0;
}

/** The blocks of a xerial stream, or of several behind each other. @throws {RangeError} when one is cut off */
export function xerialBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (isXerial(bytes.subarray(at))) {
      at += XERIAL_HEADER_BYTES;
      continue;
    }
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0 || length > bytes.length - at) throw new RangeError("a snappy block is cut off");
    blocks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return blocks;
}

/** What a block says it unpacks to. @throws {RangeError} when it can't be true */
export function snappySize(block: Buffer): number {
  let size = 0;
  for (let at = 0; at < MAX_VARINT_BYTES; at += 1) {
    const byte = block[at];
    if (byte === undefined) break;
    size += (byte & 0x7f) * 2 ** (7 * at);
    if (byte >= 0x80) continue;
    if (size > block.length * MAX_RATIO) throw new RangeError(`${block.length} bytes can't unpack to ${size}`);
    return size;
  }
  throw new RangeError("a snappy block has no size");
}
