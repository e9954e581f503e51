/** Where a stretch of record batches ends, and at which offset reading goes on. */
export interface Hop {
  /** Bytes of whole batches. */
  readonly length: number;
  readonly next: bigint;
}

const LENGTH_AT = 8;
const MAGIC_AT = 16;
const LAST_OFFSET_DELTA_AT = 23;
/** Base offset and length, which the length itself doesn't count. */
const PREFIX_BYTES = 12;
/** Magic 0: checksum, magic, attributes, and the lengths of key and value. */
const OLD_ENTRY_BYTES = PREFIX_BYTES + 14;
const BATCH_HEADER_BYTES = 61;

/**
 * Hops over record batches by their headers alone. A broker may cut the last one off (KIP-74); it is left for the next
 * Fetch. Message sets of the formats before Kafka 0.11 (magic 0 and 1) count one entry at a time: the offset of a
 * compressed one is that of the last message in it.
 * @param from what was asked for: `next` when there is no whole batch
 * @returns null when the bytes begin with something that is no batch, so that nobody could get beyond it
 */
export function hopBatches(bytes: Buffer, from: bigint): Hop | null {
  let at = 0;
  let next = from;
  while (at + OLD_ENTRY_BYTES <= bytes.length) {
    const size = PREFIX_BYTES + bytes.readInt32BE(at + LENGTH_AT);
    const isBatch = bytes.readInt8(at + MAGIC_AT) >= 2;
    if (size < (isBatch ? BATCH_HEADER_BYTES : OLD_ENTRY_BYTES)) return at === 0 ? null : { length: at, next };
    if (at + size > bytes.length) break;
    const last = bytes.readBigInt64BE(at) + (isBatch ? BigInt(bytes.readInt32BE(at + LAST_OFFSET_DELTA_AT)) : 0n);
    if (last >= next) next = last + 1n;
    at += size;
  }
  return { length: at, next };
}
