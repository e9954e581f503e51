import { z } from "zod";
import { defineEndpoint, type EndpointOutput } from "./endpoint.ts";
import { brokerId, byteSize, int64, offset, timestampMs } from "./kafka.ts";
import { storedBatch } from "./segment-batches.ts";
import { partitionParams, segmentDamage, whichReplica } from "./segments.ts";

/** Of what a step looked at one by one, so many are told: the last ones. */
export const MAX_LOOKED = 20;

/** One probe of a binary search: the entry that was looked at. */
const probe = z.object({
  entry: z.int(),
  /** Offset index: the last offset of the batch at `position`. Time index: the offset of that timestamp. */
  offset,
  timestampMs: int64.nullable(),
  position: byteSize.nullable(),
  /** The entry is at or before what is looked for. */
  before: z.boolean(),
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
    /** In the order in which they were made. */
    steps: z.array(step),
    /** exact: the record. next: there is none at it (compaction, a marker, a gap): the next one. before-start, after-end: outside the log. none: nothing as young as that time. stopped: at damage, or after too many batches without an index; whether there is such a record isn't known. */
    result: z.enum(["exact", "next", "before-start", "after-end", "none", "stopped"]),
    /** Of the record; null when there is none. */
    offset: offset.nullable(),
    bytesRead: byteSize,
    tookMicros: z.int(),
    damage: z.array(segmentDamage),
    observedAtMs: timestampMs,
  }),
});
export type Located = EndpointOutput<typeof locateOffset>;
