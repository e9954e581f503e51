import { z } from "zod";
import { decodeGroupId } from "../group-id.ts";

/** Names a configured cluster in URLs; the id Kafka gives itself is `clusterId`. */
export const clusterName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "lower-case letters, digits and hyphens, at most 63")
  .meta({ id: "ClusterName" });

/** A name Kafka would accept for a topic: `org.apache.kafka.common.internals.Topic`. */
export const topicName = z
  .string()
  .min(1, "a topic needs a name")
  .max(249, "at most 249 characters")
  .regex(/^[a-zA-Z0-9._-]+$/, "only ASCII letters, digits, '.', '_' and '-'")
  .refine((name) => name !== "." && name !== "..", "neither '.' nor '..'")
  .meta({ id: "TopicName" });

const MAX_INT32 = 2_147_483_647;

export const brokerId = z.int().min(0).max(MAX_INT32).meta({ id: "BrokerId" });
/** The same in a path, where everything is text. */
export const brokerIdInPath = z
  .string()
  .regex(/^(0|[1-9]\d{0,9})$/, "a broker id is a whole number")
  .transform(Number)
  .pipe(brokerId);
export const partitionId = z.int().min(0).max(MAX_INT32).meta({ id: "PartitionId" });
/** The same in a path. */
export const partitionInPath = z
  .string()
  .regex(/^(0|[1-9]\d{0,9})$/, "a partition is a whole number")
  .transform(Number)
  .pipe(partitionId);

/** How often a partition had had a new leader when a message was written (KIP-320). */
export const leaderEpoch = z.int().min(0).max(MAX_INT32).meta({ id: "LeaderEpoch" });

/** Kafka takes any text; the broker's own bound is that of a string of its protocol. */
export const groupId = z.string().max(32_767, "at most 32,767 characters").meta({ id: "GroupId" });
/** The same in a path, as `encodeGroupId` writes it (lib/group-id.ts). */
export const groupIdInPath = z
  .string()
  .max(65_535)
  .transform((segment, ctx) => {
    const group = decodeGroupId(segment);
    if (group !== null) return group;
    ctx.addIssue({ code: "custom", message: "after '~' follows a group id as base64url of its UTF-8" });
    return z.NEVER;
  });

const INT64_MAX = 9_223_372_036_854_775_807n;
const INT64_MIN = -9_223_372_036_854_775_808n;

/** A whole number that may pass 2^53: decimal text on the wire, bigint inside. Never a JS number. */
export const int64 = z
  .string()
  .regex(/^-?\d{1,19}$/, "a whole number, as text")
  .refine(
    (text) => !/^-?\d{1,19}$/.test(text) || (BigInt(text) <= INT64_MAX && BigInt(text) >= INT64_MIN),
    "outside int64",
  )
  .meta({ id: "Int64" });
/** An offset, or a count of messages derived from offsets. */
export const offset = int64;
/** Bytes. */
export const byteSize = int64;

/** Milliseconds since 1970-01-01T00:00Z, by this server's clock unless said otherwise. */
export const timestampMs = z.int().min(0).meta({ id: "TimestampMs" });

/** A part of an answer that could not be read; the rest of the answer stands. */
export const missingPart = z
  .object({
    /** What is missing, in words an operator knows: "sizes on broker 2", "quorum". */
    part: z.string(),
    code: z.string(),
    /** Why, and what to do. */
    detail: z.string(),
    brokerId: brokerId.optional(),
  })
  .meta({ id: "MissingPart" });
export type MissingPart = z.output<typeof missingPart>;

/** Health of a set of partitions. `underMinIsr` is null when min.insync.replicas of all, or of an under-replicated one, could not be read. */
export const partitionHealth = z.object({
  total: z.int(),
  offline: z.int(),
  underMinIsr: z.int().nullable(),
  underReplicated: z.int(),
});

/** Where the value in force comes from: KIP-226, most specific first. */
export const configSource = z.enum([
  "topic",
  "dynamic-broker",
  "dynamic-default-broker",
  "static-broker",
  "default",
  "dynamic-broker-logger",
  "client-metrics",
  "group",
  "unknown",
]);
export type ConfigSource = z.output<typeof configSource>;

/** One config entry as the broker describes it (DescribeConfigs, KIP-226, KIP-569). `value` is null when sensitive or unset. */
export const configEntry = z
  .object({
    name: z.string(),
    value: z.string().nullable(),
    source: configSource,
    isDefault: z.boolean(),
    readOnly: z.boolean(),
    sensitive: z.boolean(),
    type: z.enum(["boolean", "string", "int", "short", "long", "double", "list", "class", "password", "unknown"]),
    documentation: z.string().nullable(),
    /** What would apply, most specific first; the last is Kafka's own default. */
    synonyms: z.array(z.object({ name: z.string(), value: z.string().nullable(), source: configSource })),
  })
  .meta({ id: "ConfigEntry" });
export type ConfigEntry = z.output<typeof configEntry>;

/** Where a sentence links to. */
export const subject = z.union([
  /** With `offset`: one message. */
  z.object({ topic: z.string(), partition: partitionId.optional(), offset: offset.optional() }),
  z.object({ broker: brokerId }),
  z.object({ group: groupId }),
  z.object({ config: z.string() }),
]);

/** A sentence for people, whose subjects can be linked: plain text and subjects in turn. `sentenceText` flattens it. */
export const sentence = z.array(z.union([z.string(), subject])).meta({ id: "Sentence" });
export type Sentence = z.output<typeof sentence>;
