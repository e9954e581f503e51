import { z } from "zod";
import { defineEndpoint, type EndpointOutput } from "./endpoint.ts";
import { brokerId, byteSize, int64, offset, timestampMs } from "./kafka.ts";
import { storedBatch } from "./segment-batches.ts";
import { partitionParams, segmentDamage, whichReplica } from "./segments.ts";

/** Of what a step looked at one by one, so many are told: the last ones. */
export const MAX_LOOKED = 20;

/** One look of a search in an index: the entry that was looked at. */
const probe = z.object({
  /**
   * What it is to tell. warm-end: whether the target lies after the entry with which the last 8 KiB of the index begin (KAFKA-6432).
   * first: whether it lies before the first entry. half: which half of what is left it is in.
   */
  look: z.enum(["warm-end", "first", "half"]),
  entry: z.int(),
  /** Offset index: the last offset of the batch at `position`. Time index: the offset of that timestamp. */
  offset,
  timestampMs: int64.nullable(),
  position: byteSize.nullable(),
  /** Where the entry lies beside what is looked for. */
  compared: z.enum(["before", "at", "after"]),
});

const step = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("segment"),
    /** Segments there were to choose from. */
    segments: z.int(),
    baseOffset: offset,
    active: z.boolean(),
    /** By timestamp: the largest timestamp of each one looked at, oldest first; at most the last MAX_LOOKED. */
    looked: z.array(z.object({ baseOffset: offset, maxTimestampMs: int64 })),
    bytesRead: byteSize,
    tookMicros: z.int(),
  }),
  z.object({
    step: z.enum(["time-index", "offset-index"]),
    file: z.string(),
    entries: z.int(),
    /** What the offset index is searched for; null for the time index. */
    wanted: offset.nullable(),
    /** In their order, as a broker of Kafka 4 looks. */
    probes: z.array(probe),
    /** The entry that the scan starts from; null: from the beginning of the segment. */
    found: probe.nullable(),
    bytesRead: byteSize,
    tookMicros: z.int(),
  }),
  z.object({
    step: z.literal("scan"),
    file: z.string(),
    fromPosition: byteSize,
    /** At most the last MAX_LOOKED. */
    batches: z.array(z.object({ position: byteSize, baseOffset: offset, lastOffset: offset, sizeBytes: z.int() })),
    scanned: z.int(),
    /** record: at the last of `batches`, which holds the record. file: none up to the file's end. checksum: at the last of `batches`, whose checksum is wrong. stopped: at other damage, or a limit. */
    ended: z.enum(["record", "file", "checksum", "stopped"]),
    bytesRead: byteSize,
    tookMicros: z.int(),
  }),
  z.object({
    step: z.literal("record"),
    batch: storedBatch,
    /** Which of the batch's records, from 1. */
    number: z.int(),
    offset,
    timestampMs: int64,
    bytesRead: byteSize,
    tookMicros: z.int(),
  }),
]);
export type LocateStep = z.output<typeof step>;

export const locateOffset = defineEndpoint({
  name: "locateOffset",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/segments/locate",
  summary: "Finds an offset, or the first record of a time, as the broker does, step by step",
  permission: "view",
  params: partitionParams,
  query: whichReplica
    .extend({ offset: offset.optional(), timestampMs: int64.optional() })
    .refine((query) => (query.offset === undefined) !== (query.timestampMs === undefined), {
      path: ["offset"],
      message: "give an offset or a timestampMs, one of them",
    }),
  response: z.object({
    brokerId,
    /** In the order in which they were made; none outside the log, where a broker answers without a look into its files. */
    steps: z.array(step),
    /** exact: the record. next: there is none at it (compaction, a marker, a gap): the next one. before-start: before the log. after-end: nothing from there on; where it is above logEndOffset, a fetch is OFFSET_OUT_OF_RANGE. none: nothing as young as that time. stopped: at damage, or after too many batches without an index; whether there is such a record isn't known. */
    result: z.enum(["exact", "next", "before-start", "after-end", "none", "stopped"]),
    /** Of the record; null when there is none. */
    offset: offset.nullable(),
    /** As the leader told them at this look-up; null when it didn't. */
    logStartOffset: offset.nullable(),
    highWatermark: offset.nullable(),
    /** By this replica's files: after its last batch. Null unless the look-up went up to there. */
    logEndOffset: offset.nullable(),
    bytesRead: byteSize,
    tookMicros: z.int(),
    damage: z.array(segmentDamage),
    observedAtMs: timestampMs,
  }),
});
export type Located = EndpointOutput<typeof locateOffset>;
