/** Sizes and places in a record batch (magic 2). */
export const BATCH_HEADER_BYTES = 61;
/** Base offset and length, which the length itself doesn't count. */
export const BATCH_PREFIX_BYTES = 12;
/** The CRC covers everything from here on. */
export const CRC_COVERS_FROM = 21;
const MAGIC_AT = 16;

export const codecs = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
export type Codec = (typeof codecs)[number];

/** What stands before the records of a batch. */
export interface BatchHeader {
  /** Of the first record ever in it; compaction keeps it. */
  readonly baseOffset: bigint;
  /** Header included. */
  readonly sizeBytes: number;
  readonly leaderEpoch: number;
  readonly magic: number;
  readonly crc: number;
  readonly attributes: number;
  readonly lastOffsetDelta: number;
  readonly lastOffset: bigint;
  /** Milliseconds; of the first record. */
  readonly baseTimestamp: bigint;
  /** The largest; with LogAppendTime, that of every record. */
  readonly maxTimestamp: bigint;
  /** -1: not from an idempotent producer. */
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly records: number;
}

/** Reads a header of which all 61 bytes are there. @see https://kafka.apache.org/documentation/#recordbatch */
export function readBatchHeader(bytes: Buffer, at: number): BatchHeader {
  const baseOffset = bytes.readBigInt64BE(at);
  const lastOffsetDelta = bytes.readInt32BE(at + 23);
  return {
    baseOffset,
    sizeBytes: BATCH_PREFIX_BYTES + bytes.readInt32BE(at + 8),
    leaderEpoch: bytes.readInt32BE(at + 12),
    magic: readMagic(bytes, at),
    crc: bytes.readUInt32BE(at + 17),
    attributes: bytes.readInt16BE(at + CRC_COVERS_FROM),
    lastOffsetDelta,
    lastOffset: baseOffset + BigInt(lastOffsetDelta),
    baseTimestamp: bytes.readBigInt64BE(at + 27),
    maxTimestamp: bytes.readBigInt64BE(at + 35),
    producerId: bytes.readBigInt64BE(at + 43),
    producerEpoch: bytes.readInt16BE(at + 51),
    baseSequence: bytes.readInt32BE(at + 53),
    records: bytes.readInt32BE(at + 57),
  };
}

/** Stands at the same place in batches and in the messages before Kafka 0.11. */
export function readMagic(bytes: Buffer, at: number): number {
  return bytes.readInt8(at + MAGIC_AT);
}

/** Undefined: a codec that isn't known. */
export function codecOf(attributes: number): Codec | undefined {
  return codecs[attributes & 7];
}

export const hasAppendTime = (attributes: number): boolean => (attributes & 8) !== 0;
export const isTransactional = (attributes: number): boolean => (attributes & 16) !== 0;
export const isControl = (attributes: number): boolean => (attributes & 32) !== 0;
