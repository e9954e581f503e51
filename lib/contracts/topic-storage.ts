import { z } from "zod";
import { defineEndpoint, type EndpointOutput } from "./endpoint.ts";
import {
  brokerId,
  byteSize,
  clusterName,
  int64,
  missingPart,
  offset,
  partitionId,
  timestampMs,
  topicName,
} from "./kafka.ts";
import { retention } from "./segments.ts";

const storedReplica = z
  .object({
    partition: partitionId,
    brokerId,
    leader: z.boolean(),
    inSync: z.boolean(),
    /** As the broker tells it; while it doesn't, as its files are long where they are read; else null. */
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
  params: z.strictObject({ cluster: clusterName, topic: topicName }),
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
    /** Brokers that don't tell now, and whose files are read. `toldAtMs`: when one told its log dirs last; null: mounted ones. */
    away: z.array(z.object({ brokerId, toldAtMs: timestampMs.nullable() })),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type TopicStorage = EndpointOutput<typeof getTopicStorage>;
