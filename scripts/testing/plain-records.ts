import type { FetchedChunk, FetchedPartition } from "#server/reader/fetched-chunk.ts";

const BATCH_HEADER_BYTES = 61;
const CONTROL = 32;

/**
 * The messages of uncompressed batches, read in the simplest way there is: a second opinion beside the real decoder.
 * Control batches and batches of the transactions that the fetch calls aborted are left out.
 */
export function* plainRecords(
  chunk: FetchedChunk,
  { start, end, from, aborted }: FetchedPartition,
): Generator<{ readonly offset: bigint; readonly value: string }> {
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
  const waiting = aborted.toSorted((a, b) => Number(a.firstOffset - b.firstOffset));
  const aborting = new Set<bigint>();
  for (let at = start; at < end; at += 12 + bytes.readInt32BE(at + 8)) {
    const baseOffset = bytes.readBigInt64BE(at);
    const lastOffset = baseOffset + BigInt(bytes.readInt32BE(at + 23));
    const attributes = bytes.readInt16BE(at + 21);
    const producerId = bytes.readBigInt64BE(at + 43);
    while (waiting[0] !== undefined && waiting[0].firstOffset <= lastOffset)
      aborting.add(waiting.shift()?.producerId ?? -1n);
    if (attributes & CONTROL) {
      aborting.delete(producerId);
      continue;
    }
    if (aborting.has(producerId)) continue;
    const cursor = { at: at + BATCH_HEADER_BYTES };
    for (let left = bytes.readInt32BE(at + 57); left > 0; left--) {
      const size = varint(bytes, cursor);
      const recordEnd = cursor.at + size;
      cursor.at += 1;
      varint(bytes, cursor);
      const offset = baseOffset + BigInt(varint(bytes, cursor));
      const keyLength = varint(bytes, cursor);
      cursor.at += Math.max(0, keyLength);
      const length = varint(bytes, cursor);
      if (offset >= from) yield { offset, value: bytes.toString("utf8", cursor.at, cursor.at + Math.max(0, length)) };
      cursor.at = recordEnd;
    }
  }
}

/** Zigzag, up to 32 bits here. */
function varint(bytes: Buffer, cursor: { at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes.readUInt8(cursor.at++);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
