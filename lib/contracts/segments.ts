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

export const partitionParams = z.strictObject({ cluster: clusterName, topic: topicName, partition: partitionInPath });
/** Which broker's replica is read; without it the leader's, or the first that can be read. */
export const whichReplica = z.strictObject({ broker: brokerIdInPath.optional() });

/** How one replica's files are reached, or why they aren't. */
const replicaAccess = z
  .discriminatedUnion("state", [
    z.object({
      state: z.literal("readable"),
      /** own: the broker's own log.dirs, on this machine. mounted: a directory of the setting logDirs. */
      from: z.enum(["own", "mounted"]),
      /** The log dir, as this server sees it. */
      logDir: z.string(),
      /** Its broker doesn't tell now. `toldAtMs`: when it told this log dir last; null for a mounted one. Null: it tells. */
      away: z.object({ toldAtMs: timestampMs.nullable() }).nullable(),
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
    /** As the broker tells it (DescribeLogDirs); while it doesn't, as its files are long where they are read; else null. */
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
export const retention = z
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
