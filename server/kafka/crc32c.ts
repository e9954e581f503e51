/** Castagnoli's polynomial, reversed. `zlib.crc32` is another one. */
const POLYNOMIAL = 0x82f63b78;

const byte = new Int32Array(256);
const [after1, after2, after3, after4, after5, after6, after7] = Array.from(
  { length: 7 },
  () => new Int32Array(256),
) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
for (let value = 0; value < 256; value += 1) {
  let crc = value;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  byte[value] = crc;
}
{
  let previous: Int32Array = byte;
  for (const table of [after1, after2, after3, after4, after5, after6, after7]) {
    for (let value = 0; value < 256; value += 1) {
      const crc = at(previous, value);
      table[value] = at(byte, crc) ^ (crc >>> 8);
    }
    previous = table;
  }
}

/** The entry for an integer's lowest byte: inside every table. */
function at(table: Int32Array, index: number): number {
  return table[index & 0xff] as number;
}

/**
 * CRC-32C of bytes `start` to `end`, as record batches carry it. Eight bytes a step: more than 1 GB/s, so every batch is
 * checked before it is read.
 * @see Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC Generation"
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = -1;
  let index = start;
  for (; index + 8 <= end; index += 8) {
    crc ^=
      (bytes[index] as number) |
      ((bytes[index + 1] as number) << 8) |
      ((bytes[index + 2] as number) << 16) |
      ((bytes[index + 3] as number) << 24);
    crc =
      at(after7, crc) ^
      at(after6, crc >>> 8) ^
      at(after5, crc >>> 16) ^
      at(after4, crc >>> 24) ^
      at(after3, bytes[index + 4] as number) ^
      at(after2, bytes[index + 5] as number) ^
      at(after1, bytes[index + 6] as number) ^
      at(byte, bytes[index + 7] as number);
  }
  for (; index < end; index += 1) crc = at(byte, crc ^ (bytes[index] as number)) ^ (crc >>> 8);
  return ~crc >>> 0;
}
