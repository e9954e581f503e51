import { z } from "zod";
import { recorded } from "./changes.ts";
import { defineEndpoint } from "./endpoint.ts";
import {
  brokerId,
  byteSize,
  clusterName,
  configEntry,
  missingPart,
  offset,
  partitionId,
  timestampMs,
  topicName,
} from "./kafka.ts";

const clusterParams = z.strictObject({ cluster: clusterName });
/** One topic instead of all: what a page about one needs must not grow with the cluster. */
const oneOrAll = z.strictObject({ topic: topicName.optional() });
const topicParams = z.strictObject({ cluster: clusterName, topic: topicName });

/** Compact, for 10,000 in one answer: what is usual is left out on the wire and filled in by the schema. */
const topicSummary = z
  .object({
    name: z.string(),
    internal: z.boolean().default(false),
    partitionCount: z.int(),
    /** Of the first partition; partitions of one topic can differ while being reassigned. */
    replicationFactor: z.int(),
    offline: z.int().default(0),
    underReplicated: z.int().default(0),
    /** By partition, replicas in sync, as text of digits ("332"; "+" for ten or more; "0" for an offline one); left out when every replica of every partition is in sync. */
    isrByPartition: z.string().optional(),
    /**
     * Sum of high watermark − log start offset over the partitions; null when a partition's offsets could not be read.
     * An upper bound where compaction or transactions leave gaps.
     */
    messages: offset.nullable(),
  })
  .meta({ id: "TopicSummary" });
export type TopicSummary = z.output<typeof topicSummary>;

export const listTopics = defineEndpoint({
  name: "listTopics",
  method: "GET",
  path: "/api/clusters/:cluster/topics",
  summary: "All topics: names, health, offsets",
  permission: "view",
  params: clusterParams,
  response: z.object({ topics: z.array(topicSummary), missing: z.array(missingPart), observedAtMs: timestampMs }),
});

export const listTopicSizes = defineEndpoint({
  name: "listTopicSizes",
  method: "GET",
  path: "/api/clusters/:cluster/topic-sizes",
  summary: "Bytes on disk by topic, all replicas",
  permission: "view",
  params: clusterParams,
  query: oneOrAll,
  response: z.object({
    /** By topic (by-topic.ts): bytes of all replicas. A topic that is neither here nor in `atLeast` is unknown. */
    sizes: z.record(z.string(), byteSize),
    /** By topic, where replicas lie on brokers or log dirs that did not answer: bytes of the others. */
    atLeast: z.record(z.string(), byteSize).default({}),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});

const listedConfigs = z.object({
  cleanupPolicy: z.string(),
  retentionMs: z.string(),
  retentionBytes: z.string(),
  minInsyncReplicas: z.int(),
});

export const listTopicConfigs = defineEndpoint({
  name: "listTopicConfigs",
  method: "GET",
  path: "/api/clusters/:cluster/topic-configs",
  summary: "The few configs that the list of topics shows",
  permission: "view",
  params: clusterParams,
  response: z.object({
    /** What most topics have; `topics` names only what differs. Null when no topic's configs could be read. */
    common: listedConfigs.nullable(),
    /** By topic (by-topic.ts): what differs from `common`; null when this topic's configs could not be read (see `missing`). */
    topics: z.record(z.string(), listedConfigs.partial().nullable()),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});

export const listTopicRates = defineEndpoint({
  name: "listTopicRates",
  method: "GET",
  path: "/api/clusters/:cluster/topic-rates",
  summary: "Messages written a second by topic, over the last minutes",
  permission: "view",
  params: clusterParams,
  /** `top`: only so many, those with the highest newest rate. */
  query: oneOrAll.extend({ top: z.coerce.number().int().min(1).max(100).optional() }),
  response: z.object({
    /** Ends of the steps, oldest first; rates[i] is over the step that ends at atMs[i]. */
    atMs: z.array(timestampMs),
    /** By topic (by-topic.ts): messages a second; null where the step has no reading. A topic that is not here wrote nothing in all steps. */
    rates: z.record(z.string(), z.array(z.number().nullable())),
    /** Since when there are samples; null before the second one. */
    sinceMs: timestampMs.nullable(),
    observedAtMs: timestampMs,
  }),
});

const partitionDetail = z
  .object({
    partition: partitionId,
    /** Null: offline. */
    leader: brokerId.nullable(),
    leaderEpoch: z.int().nullable(),
    /** The first is the preferred leader. */
    replicas: z.array(brokerId),
    isr: z.array(brokerId),
    offlineReplicas: z.array(brokerId),
    logStartOffset: offset.nullable(),
    highWatermark: offset.nullable(),
    /** Less than the high watermark while a transaction is open. */
    lastStableOffset: offset.nullable(),
    /** The leader's replica; null when unknown. */
    sizeBytes: byteSize.nullable(),
  })
  .meta({ id: "PartitionDetail" });
export type PartitionDetail = z.output<typeof partitionDetail>;

export const getTopic = defineEndpoint({
  name: "getTopic",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic",
  summary: "One topic with its partitions",
  permission: "view",
  params: topicParams,
  response: z.object({
    name: z.string(),
    topicId: z.string().nullable(),
    internal: z.boolean(),
    /** Null when the configs could not be read (see `missing`). */
    minInsyncReplicas: z.int().nullable(),
    cleanupPolicy: z.string().nullable(),
    partitions: z.array(partitionDetail),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type TopicDetail = z.output<typeof getTopic.response>;

export const getTopicConfigs = defineEndpoint({
  name: "getTopicConfigs",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/configs",
  summary: "A topic's configs, with source, synonyms and documentation",
  permission: "view",
  params: topicParams,
  response: z.object({ configs: z.array(configEntry), observedAtMs: timestampMs }),
});

export const listTopicConfigDefinitions = defineEndpoint({
  name: "listTopicConfigDefinitions",
  method: "GET",
  path: "/api/clusters/:cluster/topic-config-definitions",
  summary: "Every config a new topic can have: type, documentation and the value it gets when left alone",
  permission: "view",
  params: clusterParams,
  response: z.object({
    /** `value` is this cluster's default. */
    definitions: z.array(configEntry),
    /** The broker's num.partitions and default.replication.factor; null when unreadable. */
    defaultPartitions: z.int().nullable(),
    defaultReplicationFactor: z.int().nullable(),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});

const MAX_PARTITIONS = 10_000;

/** Either counts or an explicit assignment; -1 means the broker's default (Kafka 2.4+, KIP-464). */
export const newTopic = z
  .strictObject({
    name: topicName,
    partitions: z.int().min(1).max(MAX_PARTITIONS).or(z.literal(-1)).default(-1),
    replicationFactor: z.int().min(1).max(32_767).or(z.literal(-1)).default(-1),
    /** By partition, from 0: its replicas, the preferred leader first. Excludes the two counts. */
    assignment: z.array(z.array(brokerId).min(1).max(1_000)).min(1).max(MAX_PARTITIONS).optional(),
    configs: z.record(z.string().min(1).max(249), z.string().max(32_767)).default({}),
    dryRun: z.boolean().default(false),
  })
  .refine((topic) => topic.assignment === undefined || (topic.partitions === -1 && topic.replicationFactor === -1), {
    path: ["assignment"],
    message: "an assignment already says how many partitions and replicas there are: leave both at -1",
  });
export type NewTopic = z.output<typeof newTopic>;

export const createTopic = defineEndpoint({
  name: "createTopic",
  method: "POST",
  path: "/api/clusters/:cluster/topics",
  summary: "Creates a topic; with dryRun, asks the controller whether it would",
  permission: "operate",
  params: clusterParams,
  body: newTopic,
  response: z.object({
    name: z.string(),
    dryRun: z.boolean(),
    /** Null from brokers that don't tell (before 2.4), or without Describe on its configs. */
    topicId: z.string().nullable(),
    partitions: z.int().nullable(),
    replicationFactor: z.int().nullable(),
    /** What it is, or would be, configured as. */
    configs: z.array(
      configEntry.pick({ name: true, value: true, source: true, isDefault: true, readOnly: true, sensitive: true }),
    ),
    ...recorded,
  }),
});
