import { createRequire } from "node:module";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { crc32c } from "@platformatic/kafka";
import kafkajs from "kafkajs";
import { compressFrameSync } from "lz4-napi";
import { compressSync } from "snappy";
import type { FetchedChunk, FetchedPartition } from "#server/reader/fetched-chunk.ts";
import type { Codec } from "#server/reader/record-batch.ts";

/** How batches of a codec are told apart here: snappy is packed in two ways. */
export const packings = ["none", "gzip", "snappy", "snappy-xerial", "lz4", "zstd"] as const;
export type Packing = (typeof packings)[number];

export interface RecordToEncode {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: readonly (readonly [string, Buffer])[];
  readonly timestampDelta?: number;
  /** Its place when left out. */
  readonly offsetDelta?: number;
}

export interface BatchToEncode {
  readonly baseOffset: bigint;
  readonly records: readonly RecordToEncode[];
  readonly packing?: Packing;
  readonly firstTimestamp?: number;
  readonly maxTimestamp?: number;
  /** What compaction left: more than the last record's. */
  readonly lastOffsetDelta?: number;
  readonly producerId?: number;
  readonly transactional?: boolean;
  readonly control?: boolean;
  readonly appendTime?: boolean;
}

// kafkajs exports its encoders to nobody; they have no types.
const encoders = createRequire(import.meta.resolve("kafkajs"));
const { RecordBatch } = encoders("./src/protocol/recordBatch/v0/index.js") as {
  RecordBatch(batch: object): Promise<{ readonly buffer: Buffer }>;
};
const encodeRecord = encoders("./src/protocol/recordBatch/record/v0/index.js") as (record: object) => object;

const { CompressionCodecs, CompressionTypes } = kafkajs;
const XERIAL_HEADER = Buffer.from("82534e41505059000000000100000001", "hex");
let xerial = false;
registerCodec(CompressionTypes.Snappy, (bytes) => {
  if (!xerial) return compressSync(bytes);
  const half = Math.ceil(bytes.length / 2);
  const blocks = [bytes.subarray(0, half), bytes.subarray(half)].map((block) => compressSync(block));
  return Buffer.concat([XERIAL_HEADER, ...blocks.flatMap((block) => [int32(block.length), block])]);
});
registerCodec(CompressionTypes.LZ4, (bytes) => compressFrameSync(bytes));
registerCodec(CompressionTypes.ZSTD, (bytes) => zstdCompressSync(bytes));
registerCodec(CompressionTypes.GZIP, (bytes) => gzipSync(bytes));

/** A record batch as kafkajs' producer makes it; what no producer sets is patched into its header, with pf's checksum. */
export async function kafkajsBatch(batch: BatchToEncode): Promise<Buffer> {
  const { packing = "none", records, firstTimestamp = 1_760_000_000_000, control, appendTime } = batch;
  xerial = packing === "snappy-xerial";
  const lastOffsetDelta = batch.lastOffsetDelta ?? records.at(-1)?.offsetDelta ?? Math.max(0, records.length - 1);
  const { buffer } = await RecordBatch({
    compression: codecsByNumber.indexOf(codecOfPacking(packing)),
    firstTimestamp,
    maxTimestamp: batch.maxTimestamp ?? firstTimestamp,
    lastOffsetDelta,
    transactional: batch.transactional ?? false,
    ...(batch.producerId === undefined ? {} : { producerId: batch.producerId }),
    records: records.map((record, place) => encodeRecord(asKafkajs(record, place))),
  });
  buffer.writeBigInt64BE(batch.baseOffset, 0);
  const flags = (control ? 32 : 0) | (appendTime ? 8 : 0);
  if (flags !== 0) buffer.writeInt16BE(buffer.readInt16BE(21) | flags, 21);
  return withChecksum(buffer);
}

/** A transaction's end. */
export function markerBatch(baseOffset: bigint, producerId: number, end: "commit" | "abort"): Promise<Buffer> {
  const key = Buffer.from([0, 0, 0, end === "commit" ? 1 : 0]);
  const records = [{ key, value: Buffer.alloc(6) }];
  return kafkajsBatch({ baseOffset, records, producerId, transactional: true, control: true });
}

/** Makes the checksum right again. */
export function withChecksum(batch: Buffer): Buffer {
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

/** A chunk of one partition, as a Fetch would bring it. */
export function chunkOf(batches: readonly Buffer[], partition: Partial<FetchedPartition> = {}): FetchedChunk {
  const bytes = Buffer.concat(batches);
  const last = batches.at(-1);
  const next = last === undefined ? 0n : last.readBigInt64BE(0) + BigInt(last.readInt32BE(23)) + 1n;
  const facts = { place: 0, from: 0n, next, start: 0, end: bytes.length, highWatermark: next, logStartOffset: 0n };
  return { bytes, partitions: [{ ...facts, aborted: [], ...partition }] };
}

export function codecOfPacking(packing: Packing): Codec {
  return packing === "snappy-xerial" ? "snappy" : packing;
}

const codecsByNumber: readonly Codec[] = ["none", "gzip", "snappy", "lz4", "zstd"];

function asKafkajs(
  { key, value, headers = [], timestampDelta = 0, offsetDelta }: RecordToEncode,
  place: number,
): object {
  const byName: Record<string, Buffer[]> = Object.create(null);
  for (const [name, bytes] of headers) byName[name] = [...(byName[name] ?? []), bytes];
  return { key, value, headers: byName, timestampDelta, offsetDelta: offsetDelta ?? place };
}

function registerCodec(type: keyof typeof CompressionCodecs, compress: (bytes: Buffer) => Buffer): void {
  CompressionCodecs[type] = () => ({
    compress: async ({ buffer }: { readonly buffer: Buffer }) => compress(buffer),
    decompress: () => Promise.reject(new Error("only encodes")),
  });
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
