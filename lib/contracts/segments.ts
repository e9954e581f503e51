import { z } from "zod";
import { defineEndpoint, type EndpointOutput } from "./endpoint.ts";
import {
  brokerId,
  brokerIdInPath,
  byteSize,
  clusterName,
  groupId,
  int64,
  missingPart,
  offset,
  partitionId,
  partitionInPath,
  timestampMs,
  topicName,
} from "./kafka.ts";

const topicParams = z.strictObject({ cluster: clusterName, topic: topicName });
const partitionParams = topicParams.extend({ partition: partitionInPath });
/** Which broker's replica is read; without it the leader's, or the first that can be read. */
const whichReplica = z.strictObject({ broker: brokerIdInPath.optional() });

/** How one replica's files are reached, or why they aren't. */
const replicaAccess = z
  .discriminatedUnion("state", [
    z.object({
      state: z.literal("readable"),
      /** own: the broker's own log.dirs, on this machine. mounted: a directory of the setting logDirs. */
      from: z.enum(["own", "mounted"]),
      /** The log dir, as this server sees it. */
      logDir: z.string(),
    }),
    z.object({
      state: z.literal("unreadable"),
      reason: z.enum([
        /** No setting, and the broker's log dirs aren't on this machine. */
        "not-here",
        /** A directory is there, but its meta.properties names another cluster or broker. */
        "foreign",
        /** It may not be opened. */
        "forbidden",
        /** The log dir is there, the partition's directory isn't. */
        "absent",
        /** The broker doesn't tell its log dirs now. */
        "broker-away",
        /** By the setting logDirs: off. An operator's choice, and nothing that is broken. */
        "switched-off",
      ]),
      /** What was seen, and what to do. */
      detail: z.string(),
    }),
  ])
  .meta({ id: "ReplicaAccess" });
export type ReplicaAccess = z.output<typeof replicaAccess>;

/** Something wrong in a file, at its place. The rest is still told. */
export const segmentDamage = z
  .object({
    /** The file's name within the partition's directory. */
    file: z.string(),
    /** Byte within it; null when it is about the whole file. */
    position: byteSize.nullable(),
    kind: z.enum([
      "crc",
      "truncated",
      "not-a-batch",
      "offset-order",
      "old-format",
      "index-points-wrong",
      "index-order",
      "index-empty",
      "size",
      "unreadable",
      "vanished",
      "foreign-file",
    ]),
    detail: z.string(),
  })
  .meta({ id: "SegmentDamage" });
export type SegmentDamage = z.output<typeof segmentDamage>;

/** An index file: what is used of it. The active one is preallocated, so its length says nothing. */
const indexFile = z.object({
  entries: z.int(),
  /** entries × the size of one. */
  usedBytes: byteSize,
  /** The file's length. */
  fileBytes: byteSize,
});

const segment = z
  .object({
    baseOffset: offset,
    /** Of the last record that is in it, found from the last index entry on; null for an empty segment or an unreadable one. */
    lastOffset: offset.nullable(),
    sizeBytes: byteSize,
    /** Of the first batch; null when unknown. */
    firstTimestampMs: int64.nullable(),
    /** The largest, as the broker keeps it in the time index (or the last batch of the active one). */
    maxTimestampMs: int64.nullable(),
    active: z.boolean(),
    /** For compacted topics, from the cleaner's checkpoint: wholly before it. Null where compaction isn't on, or the checkpoint can't be read. */
    compacted: z.boolean().nullable(),
    offsetIndex: indexFile.nullable(),
    timeIndex: indexFile.nullable(),
    /** Aborted transactions in it; null without a .txnindex. */
    abortedTransactions: z.int().nullable(),
    /** Bytes of the producer state snapshot taken at its base offset; null without one. */
    producerSnapshotBytes: byteSize.nullable(),
    /** What deletes it next, and when by this server's clock; null when nothing will, or it isn't known. */
    goes: z
      .object({
        because: z.enum(["retention.ms", "retention.bytes", "log-start-offset"]),
        /** The broker's next check (log.retention.check.interval.ms) deletes it. */
        dueNow: z.boolean(),
        /** By time, unless something is written to it meanwhile; null when it is due now, or, by size, as soon as more is written. */
        atMs: timestampMs.nullable(),
      })
      .nullable(),
    damage: z.array(segmentDamage),
  })
  .meta({ id: "Segment" });
export type Segment = z.output<typeof segment>;

/** What stands in a partition's directory or its log dir beside the segments, explained. */
const sideFile = z.object({
  name: z.string(),
  /** partition: in its directory. log-dir: in the log dir, for all partitions; `facts` are this partition's. */
  place: z.enum(["partition", "log-dir"]),
  sizeBytes: byteSize,
  kind: z.enum([
    "leader-epochs",
    "partition-metadata",
    "meta-properties",
    "cleaner-checkpoint",
    "recovery-point",
    "high-watermark-checkpoint",
    "log-start-checkpoint",
    "producer-snapshot",
    "deleted",
    "in-work",
    "clean-shutdown",
    "lock",
    "unknown",
  ]),
  /** What it is for, in a sentence. */
  meaning: z.string(),
  /** What it says about this partition, as name and value: ["epoch 4 from", "1203"]. */
  facts: z.array(z.tuple([z.string(), z.string()])),
});
export type SideFile = z.output<typeof sideFile>;

const replicaSegments = z
  .object({
    brokerId,
    role: z.enum(["leader", "follower", "future"]),
    inSync: z.boolean(),
    access: replicaAccess,
    /** As the broker tells it (DescribeLogDirs); null when it doesn't. */
    sizeBytes: byteSize.nullable(),
    /** Messages behind the leader's high watermark. */
    offsetLag: offset.nullable(),
    /** The directory's name within the log dir; null unless readable. */
    directory: z.string().nullable(),
    /** Oldest first; empty unless readable. */
    segments: z.array(segment),
    sideFiles: z.array(sideFile),
    damage: z.array(segmentDamage),
    /** Bytes read from disk to tell all this. */
    bytesRead: byteSize,
  })
  .meta({ id: "ReplicaSegments" });
export type ReplicaSegments = z.output<typeof replicaSegments>;

/** Configs that decide what goes next. */
const retention = z
  .object({
    cleanupPolicy: z.string(),
    retentionMs: int64,
    retentionBytes: int64,
    segmentBytes: int64,
    segmentMs: int64,
    /** KIP-405: what lies on the brokers is a cache of what lies elsewhere, and other rules delete it. */
    tiered: z.boolean(),
    /** How often the broker looks (log.retention.check.interval.ms); null when unknown. */
    checkIntervalMs: int64.nullable(),
  })
  .meta({ id: "Retention" });
export type Retention = z.output<typeof retention>;

export const listSegments = defineEndpoint({
  name: "listSegments",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/segments",
  summary: "A partition's segments on the disks of its replicas",
  permission: "view",
  params: partitionParams,
  response: z.object({
    topic: z.string(),
    partition: partitionId,
    topicId: z.string().nullable(),
    /** The leader first. */
    replicas: z.array(replicaSegments),
    logStartOffset: offset.nullable(),
    highWatermark: offset.nullable(),
    /** Null where the configs could not be read. */
    retention: retention.nullable(),
    /** Where groups are in this partition. */
    committed: z.array(z.object({ group: groupId, offset })),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type SegmentList = EndpointOutput<typeof listSegments>;

const segmentParams = partitionParams.extend({
  baseOffset: z
    .string()
    .regex(/^(0|[1-9]\d{0,18})$/, "a base offset is a whole number, 0 or more")
    .pipe(offset),
});

/** One record batch as it lies in the file (magic 2), or what stands there instead. */
const storedBatch = z
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
  query: whichReplica,
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
     * True: all that the segment held at `observedAtMs` is in these counts. False: it is too large to be counted by one request;
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
    /** By timestamp: the largest timestamp of each one looked at, oldest first. */
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
    /** At most the last 20. */
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

/** No verification reads faster, so that a broker on the same disk isn't held up. Disks read several times as much. */
export const VERIFY_BYTES_PER_SECOND = 128 * 1024 * 1024;

/** Frames of a verification; each SSE event is named as its `frame`. */
export const verifyFrame = z.discriminatedUnion("frame", [
  /** First, when another verification runs on this server: this one begins after it. */
  z.object({ frame: z.literal("waiting") }),
  z.object({ frame: z.literal("started"), brokerId, segments: z.int(), bytes: byteSize }),
  z.object({
    frame: z.literal("progress"),
    baseOffset: offset,
    bytes: byteSize,
    batches: z.int(),
    records: int64,
    indexEntries: z.int(),
    /** Of the whole. */
    bytesDone: byteSize,
    elapsedMs: z.int(),
  }),
  z.object({ frame: z.literal("damage"), damage: segmentDamage }),
  z.object({
    frame: z.literal("end"),
    /** complete: everything was read. stopped: the budget of findings was used up, or the server shuts down. */
    how: z.enum(["complete", "stopped"]),
    segments: z.int(),
    batches: z.int(),
    records: int64,
    indexEntries: z.int(),
    bytes: byteSize,
    findings: z.int(),
    /** Files that were deleted, rolled or compacted away while they were read. */
    vanished: z.int(),
    elapsedMs: z.int(),
  }),
]);
export type VerifyFrame = z.output<typeof verifyFrame>;

export const verifySegments = defineEndpoint({
  name: "verifySegments",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/segments/verify",
  summary: "Reads every batch and index entry of a partition and checks them (SSE)",
  permission: "view",
  answers: "event-stream",
  params: partitionParams,
  query: whichReplica,
  response: verifyFrame,
});

const storedReplica = z
  .object({
    partition: partitionId,
    brokerId,
    leader: z.boolean(),
    inSync: z.boolean(),
    /** Null when the broker doesn't tell. */
    sizeBytes: byteSize.nullable(),
    /** Of the copy that is being made in another of the broker's log dirs, which takes room too; null when there is none. */
    futureBytes: byteSize.nullable(),
    /** Messages behind the leader's high watermark; null when the broker doesn't tell. */
    offsetLag: offset.nullable(),
    /** Null, as all below, unless this server reads its files. */
    segments: z.int().nullable(),
    /** Of the first batch that is on disk; null too in an empty log, or where compaction wrote something else in its place. */
    oldestTimestampMs: int64.nullable(),
    /** That batch begins before the log start offset: it is kept, but no longer readable. */
    oldestIsDeleted: z.boolean().nullable(),
    /** Bytes of segments that the next check deletes. */
    freesBytes: byteSize.nullable(),
    /** When the oldest of the segments that stay may be deleted by time; null too when nothing of that is known. */
    nextGoesAtMs: timestampMs.nullable(),
  })
  .meta({ id: "StoredReplica" });
export type StoredReplica = z.output<typeof storedReplica>;

export const getTopicStorage = defineEndpoint({
  name: "getTopicStorage",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/storage",
  summary: "A topic's bytes by partition and broker, their skew and growth, and what retention would free",
  permission: "view",
  params: topicParams,
  response: z.object({
    /** By partition, the leader first. */
    replicas: z.array(storedReplica),
    /** Null where the configs could not be read. */
    retention: retention.nullable(),
    /** Of all leaders together, less what was deleted meanwhile; null before there are two samples, or when a leader's size isn't known. */
    growth: z
      .object({
        bytesPerSecond: z.number(),
        /** The time between the first sample and the last, at most ten minutes. */
        overMs: z.int(),
      })
      .nullable(),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type TopicStorage = EndpointOutput<typeof getTopicStorage>;
