const MAGIC = 0xfd2fb528;
const SINGLE_SEGMENT = 32;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];

/**
 * The size that a zstd frame's header tells of what is in it; null when it tells none.
 * @throws {RangeError} when it is cut off
 * @see RFC 8878, 3.1.1.1
 */
export function zstdContentSize(bytes: Buffer): number | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== MAGIC) return null;
  const descriptor = bytes.readUInt8(4);
  const single = (descriptor & SINGLE_SEGMENT) !== 0;
  const at = 5 + (single ? 0 : 1) + (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0);
  switch (descriptor >> 6) {
    case 0:
      return single ? bytes.readUInt8(at) : null;
    case 1:
      return bytes.readUInt16LE(at) + 256;
    case 2:
      return bytes.readUInt32LE(at);
    default:
      // Inexact beyond 2^53, and refused anyway.
      return Number(bytes.readBigUInt64LE(at));
  }
}
