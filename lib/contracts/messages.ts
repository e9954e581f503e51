import { z } from "zod";
import { recorded } from "./changes.ts";
import { defineEndpoint } from "./endpoint.ts";
import { brokerId, clusterName, int64, offset, partitionId, partitionInPath, timestampMs, topicName } from "./kafka.ts";
import { messageFilter } from "./message-filter.ts";
import { messageTimestamp, payloadFormat, readableFormat, tailRow } from "./message-row.ts";

const topicParams = z.strictObject({ cluster: clusterName, topic: topicName });
const offsetInPath = z
  .string()
  .regex(/^(0|[1-9]\d{0,18})$/, "an offset is a whole number, 0 or more")
  .pipe(offset);
const messageParams = topicParams.extend({ partition: partitionInPath, offset: offsetInPath });

/** A key, a value or a header's value, whole. */
const payload = z
  .object({
    bytes: z.int(),
    /** How `text` was read. `undecodable`: not readable in the format that was asked for; `text` is then hex. */
    as: z.union([readableFormat, z.literal("undecodable")]),
    /** Nobody asked for a format: Tailrace guessed this one. */
    guessed: z.boolean(),
    /** Why other formats were ruled out, or why the one asked for doesn't fit. */
    why: z.string().nullable(),
    /** At most MAX_TEXT of it (server/messages); JSON exactly as received. */
    text: z.string(),
    /** True when `text` is only the beginning. */
    cut: z.boolean(),
    /** The first bytes, for the hex view: at most 16 KiB, as base64. */
    head: z.base64(),
  })
  .meta({ id: "Payload" });
export type Payload = z.output<typeof payload>;

/** The batch a message came in (record batch format, magic 2). */
const batch = z
  .object({
    baseOffset: offset,
    lastOffset: offset,
    records: z.int(),
    /** As stored, header included. */
    sizeBytes: z.int(),
    codec: z.enum(["none", "gzip", "snappy", "lz4", "zstd"]),
    magic: z.int(),
    leaderEpoch: z.int(),
    /** Null: not from an idempotent producer. */
    producerId: int64.nullable(),
    producerEpoch: z.int().nullable(),
    baseSequence: z.int().nullable(),
    transactional: z.boolean(),
    crc: z.int(),
    crcValid: z.boolean(),
  })
  .meta({ id: "RecordBatch" });

export const message = z
  .object({
    topic: z.string(),
    partition: partitionId,
    offset,
    timestamp: messageTimestamp,
    /** CreateTime: the producer's clock. LogAppendTime: the broker's. */
    timestampType: z.enum(["CreateTime", "LogAppendTime"]),
    key: payload.nullable(),
    /** Null: a tombstone. */
    value: payload.nullable(),
    /** In order; names may repeat. */
    headers: z.array(z.object({ name: z.string(), value: payload.nullable() })),
    batch,
    /** What became of its transaction; null outside of one. `unknown`: too much lies between it and its marker to look. */
    transaction: z.enum(["committed", "aborted", "open", "unknown"]).nullable(),
    /** The leader it was read from. */
    leader: brokerId,
    logStartOffset: offset,
    highWatermark: offset,
    observedAtMs: timestampMs,
  })
  .meta({ id: "Message" });
export type Message = z.output<typeof message>;

const formats = z.strictObject({
  keyAs: payloadFormat.default("auto"),
  valueAs: payloadFormat.default("auto"),
});

export const getMessage = defineEndpoint({
  name: "getMessage",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/messages/:offset",
  summary: "One message, whole, with the batch it came in",
  permission: "read-messages",
  params: messageParams,
  query: formats,
  response: message,
});

export const downloadMessage = defineEndpoint({
  name: "downloadMessage",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/messages/:offset/payload",
  summary: "The bytes of a message's key or value, as they are",
  permission: "read-messages",
  params: messageParams,
  query: z.strictObject({ part: z.enum(["key", "value"]).default("value") }),
  answers: "bytes",
  response: z.instanceof(Uint8Array),
});

export const MAX_PAGE = 500;

/**
 * A page of one partition, without leaving a trace. Looks at a bounded stretch of offsets: when the filter matches
 * little, `rows` may be short or empty although `next` isn't null.
 */
export const listMessages = defineEndpoint({
  name: "listMessages",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/messages",
  summary: "Messages of one partition, a page in either direction",
  permission: "read-messages",
  params: topicParams,
  query: z.strictObject({
    partition: partitionInPath,
    /** after: from this offset on. before: those below it, newest page first; rows are always in order of offset. */
    offset: offsetInPath.optional(),
    direction: z.enum(["after", "before"]).default("after"),
    /** Not beyond this offset (exclusive), when reading onwards. */
    until: offsetInPath.optional(),
    limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
    /** committed: without aborted messages, and not beyond the first open transaction. */
    isolation: z.enum(["uncommitted", "committed"]).default("uncommitted"),
    /** Only of this topic: one that was made again under its name is another. */
    topicId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{22}$/, "a topic id is 22 letters, digits, - or _")
      .optional(),
    ...messageFilter.shape,
  }),
  response: z.object({
    /** Index 0 in the rows is this partition. */
    rows: z.array(tailRow),
    /** Where the next page in this direction begins; null at the end of what there is. */
    next: offset.nullable(),
    logStartOffset: offset,
    highWatermark: offset,
    observedAtMs: timestampMs,
  }),
});

/** 1 MiB is the body's limit; what is sent is smaller than what it is written as. */
const sentText = z.string().max(1_000_000);
const sentAs = z.enum(["text", "json", "base64", "int32", "int64"]);

export const newMessage = z.strictObject({
  /** Null: no key. */
  key: sentText.nullable().default(null),
  keyAs: sentAs.default("text"),
  /** Null: a tombstone. */
  value: sentText.nullable(),
  /** json: checked, then sent exactly as written. */
  valueAs: sentAs.default("text"),
  headers: z
    .array(z.strictObject({ name: z.string().min(1).max(1_000), value: z.string().max(10_000).nullable() }))
    .max(100)
    .default([]),
  /** Left out: by the key's hash (murmur2, as Java's producer does), or any when there is no key. */
  partition: partitionId.optional(),
});
export type NewMessage = z.output<typeof newMessage>;

export const sendMessage = defineEndpoint({
  name: "sendMessage",
  method: "POST",
  path: "/api/clusters/:cluster/topics/:topic/messages",
  summary: "Produces one message (acks=all)",
  permission: "produce",
  params: topicParams,
  body: newMessage,
  response: z.object({ topic: z.string(), partition: partitionId, offset, timestamp: messageTimestamp, ...recorded }),
});
