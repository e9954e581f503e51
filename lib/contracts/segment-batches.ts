import { z } from "zod";
import { defineEndpoint, type EndpointOutput } from "./endpoint.ts";
import { brokerId, byteSize, int64, offset, timestampMs } from "./kafka.ts";
import { partitionParams, segmentDamage, whichReplica } from "./segments.ts";

const segmentParams = partitionParams.extend({
  baseOffset: z
    .string()
    .regex(/^(0|[1-9]\d{0,18})$/, "a base offset is a whole number, 0 or more")
    .pipe(offset),
});

/** One record batch as it lies in the file (magic 2), or what stands there instead. */
export const storedBatch = z
  .object({
    position: byteSize,
    sizeBytes: z.int(),
    magic: z.int(),
    /** Null below: magic 0 or 1, which are named but not read. */
    baseOffset: offset.nullable(),
    lastOffset: offset.nullable(),
    records: z.int().nullable(),
    codec: z.string().nullable(),
    /** Records decompressed ÷ as stored; null when it isn't compressed or wasn't looked into. */
    ratio: z.number().nullable(),
    baseTimestampMs: int64.nullable(),
    maxTimestampMs: int64.nullable(),
    timestampType: z.enum(["create", "append"]).nullable(),
    leaderEpoch: z.int().nullable(),
    producerId: int64.nullable(),
    producerEpoch: z.int().nullable(),
    baseSequence: z.int().nullable(),
    transactional: z.boolean(),
    control: z.boolean(),
    /**
     * What a control batch says, where its page was read: "abort" or "commit", which end a transaction; "leader-change",
     * "snapshot-header", "snapshot-footer", "kraft-version", "kraft-voters" in the log of metadata; "unknown (7)". Null: it is none,
     * or can't be read.
     */
    controlType: z.string().nullable(),
    /** In hexadecimal, as stored. */
    crc: z.string().nullable(),
    crcMatches: z.boolean().nullable(),
  })
  .meta({ id: "StoredBatch" });
export type StoredBatch = z.output<typeof storedBatch>;

export const listBatches = defineEndpoint({
  name: "listBatches",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/segments/:baseOffset/batches",
  summary: "The batches of a segment as they lie in its file, page by page",
  permission: "view",
  params: segmentParams,
  query: whichReplica.extend({
    /** Begin at this byte (a batch's start); 0 by default. */
    position: z
      .string()
      .regex(/^\d{1,15}$/)
      .default("0"),
    /** Begin at the batch that holds this offset, found through the index. Excludes `position`. */
    fromOffset: offset.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({
    brokerId,
    file: z.string(),
    fileBytes: byteSize,
    batches: z.array(storedBatch),
    /** Where the next page begins; null at the end. */
    nextPosition: byteSize.nullable(),
    damage: z.array(segmentDamage),
    bytesRead: byteSize,
    observedAtMs: timestampMs,
  }),
});
export type BatchPage = EndpointOutput<typeof listBatches>;

export const countSegment = defineEndpoint({
  name: "countSegment",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/segments/:baseOffset/counts",
  summary:
    "What a walk over a segment's batch headers counts: batches, records, codecs; a large one over several requests",
  permission: "view",
  params: segmentParams,
  query: whichReplica.extend({
    /** Only batches that end within so many bytes: a growing segment as it was listed. Without it, all that it holds by now. */
    upTo: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
  }),
  response: z.object({
    brokerId,
    batches: z.int(),
    /** Data records; those that compaction took away don't count. */
    records: int64,
    controlBatches: z.int(),
    transactionalBatches: z.int(),
    /** Batches by codec. */
    codecs: z.array(z.object({ codec: z.string(), batches: z.int(), sizeBytes: byteSize })),
    /** Offsets from its base to the last one counted that no record has. */
    gaps: int64,
    /** Where unreadable bytes stand, in what was counted. */
    damage: z.array(segmentDamage),
    /**
     * True: all that the segment held at `observedAtMs`, or in its first `upTo` bytes, is in these counts. False: it is too large to be counted by one request;
     * they are about its first `countedBytes`, and each is at least that much. The same request again goes on from there.
     */
    complete: z.boolean(),
    /** Bytes from the file's start on that were counted. */
    countedBytes: byteSize,
    /** The file's length then. */
    fileBytes: byteSize,
    bytesRead: byteSize,
    observedAtMs: timestampMs,
  }),
});
export type SegmentCounts = EndpointOutput<typeof countSegment>;
