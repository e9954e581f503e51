import { crc32c } from "./crc32c.ts";

/** One record that is to be produced. */
export interface RecordToSend {
  readonly key: Uint8Array | null;
  /** Null: a tombstone. */
  readonly value: Uint8Array | null;
  /** Sent in this order; names may repeat. */
  readonly headers: readonly { readonly name: string; readonly value: Uint8Array | null }[];
  readonly timestampMs: number;
}

const HEADER_SIZE = 61;
const MAX_VARINT_SIZE = 5;
/** batchLength counts from behind itself. */
const LENGTH_COUNTS_FROM = 12;
/** The CRC covers from the attributes on. */
const CRC_AT = 17;
const ATTRIBUTES_AT = 21;
const NONE = -1;

/**
 * A record batch of one record: magic 2, not compressed, from no idempotent producer.
 * @see https://kafka.apache.org/documentation/#recordbatch
 */
export function batchOfOne(record: RecordToSend): Buffer {
  const body = recordBytes(record);
  const batch = Buffer.alloc(HEADER_SIZE + MAX_VARINT_SIZE + body.length);
  let end = writeVarint(batch, HEADER_SIZE, body.length);
  end += body.copy(batch, end);
  batch.writeInt32BE(end - LENGTH_COUNTS_FROM, 8);
  batch.writeInt32BE(NONE, 12);
  batch.writeInt8(2, 16);
  // Attributes (21) and the last offset's delta (23) are 0.
  batch.writeBigInt64BE(BigInt(record.timestampMs), 27);
  batch.writeBigInt64BE(BigInt(record.timestampMs), 35);
  batch.writeBigInt64BE(BigInt(NONE), 43);
  batch.writeInt16BE(NONE, 51);
  batch.writeInt32BE(NONE, 53);
  batch.writeInt32BE(1, 57);
  batch.writeUInt32BE(crc32c(batch.subarray(ATTRIBUTES_AT, end)), CRC_AT);
  return batch.subarray(0, end);
}

/** Attributes, timestamp's delta and offset's delta are 0; then key, value and headers, each after its length. */
function recordBytes({ key, value, headers }: RecordToSend): Buffer {
  const parts: Uint8Array[] = [Buffer.alloc(3)];
  const append = (bytes: Uint8Array | null) => {
    parts.push(varint(bytes?.length ?? NONE));
    if (bytes !== null) parts.push(bytes);
  };
  append(key);
  append(value);
  parts.push(varint(headers.length));
  for (const header of headers) {
    append(Buffer.from(header.name));
    append(header.value);
  }
  return Buffer.concat(parts);
}

function varint(value: number): Buffer {
  const bytes = Buffer.alloc(MAX_VARINT_SIZE);
  return bytes.subarray(0, writeVarint(bytes, 0, value));
}

/** Zigzag. @returns where the next byte goes */
function writeVarint(bytes: Buffer, start: number, value: number): number {
  let left = ((value << 1) ^ (value >> 31)) >>> 0;
  let at = start;
  for (; left > 0x7f; left >>>= 7) bytes[at++] = (left & 0x7f) | 0x80;
  bytes[at] = left;
  return at + 1;
}
