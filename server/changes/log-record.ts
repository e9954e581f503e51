import { z } from "zod";
import { changeId, savedOffset } from "#lib/contracts/changes.ts";
import { int64, partitionId, timestampMs } from "#lib/contracts/kafka.ts";
import { isShallow } from "./is-shallow.ts";

/** Records larger than that are none of ours, and are not looked into. */
export const MAX_RECORD_BYTES = 1_048_576;
/** Arrays and objects within each other. */
export const MAX_DEPTH = 40;
/** Of an intent or an outcome. */
const MAX_PARTS = 1_000;
/** Of one record: more don't fit in half a megabyte. */
const MAX_PARTITIONS = 10_000;
const MAX_PARTITION_COUNT = 1_000_000;
const MAX_TOPIC = 249;
/** 16 bytes as base64url. */
const MAX_TOPIC_ID = 22;
const MAX_TEXT = 32_767;
export const MAX_SENTENCE = 4_000;

/** Of eighteen digits at most: within int64 for certain. */
const SAFE_OFFSET = /^\d{1,18}$/;

const text = (max: number) => z.string().max(max);
/** As the contract's, and quicker: the log holds it hundreds of thousands of times. */
const offset = z.string().refine((digits) => SAFE_OFFSET.test(digits) || int64.safeParse(digits).success);
const saved = savedOffset.extend({ offset, metadata: text(MAX_TEXT) }).nullable();

/** What every record of a change says, so that each can be understood without the others. */
const header = {
  /** The format's version. */
  tailrace: z.literal(1),
  id: changeId,
  /** From 1 to `parts`. */
  part: z.int().min(1).max(MAX_PARTS),
  parts: z.int().min(1).max(MAX_PARTS),
  action: text(64).min(1),
  target: z.object({
    topic: text(MAX_TOPIC).optional(),
    group: text(MAX_TEXT).optional(),
    partition: partitionId.optional(),
    broker: partitionId.optional(),
  }),
  actor: text(256),
  requestId: text(128),
  instance: text(300),
  /** By the clock of the server that wrote it. */
  atMs: timestampMs,
  targetText: text(500),
  undoes: changeId.nullable(),
  partitionCount: z.int().min(0).max(MAX_PARTITION_COUNT),
  /**
   * A slice of the JSON text of whatever isn't about partitions: `before` and `after` of an intent, the detail of an outcome.
   * The slices of all parts make it up.
   */
  slice: text(MAX_RECORD_BYTES).optional(),
};

const intentRecord = z.object({
  ...header,
  phase: z.literal("intent"),
  partitions: z
    .array(
      z.object({
        topic: text(MAX_TOPIC),
        topicId: text(MAX_TOPIC_ID).optional(),
        partition: partitionId,
        before: saved,
        after: saved,
      }),
    )
    .max(MAX_PARTITIONS),
});

const outcomeRecord = z.object({
  ...header,
  phase: z.literal("outcome"),
  state: z.enum(["done", "partial", "failed"]),
  failure: text(MAX_SENTENCE).nullable(),
  /** It failed for its caller, but may have happened all the same. */
  uncertain: z.boolean(),
  partitions: z
    .array(
      z.object({
        topic: text(MAX_TOPIC),
        partition: partitionId,
        outcome: z.enum(["moved", "failed", "overwritten", "unknown"]),
        detail: text(MAX_SENTENCE).nullable(),
        /** Left out: as intended, or not read back. */
        after: saved.optional(),
      }),
    )
    .max(MAX_PARTITIONS),
});

/** One record of the change log: a change's intent or its outcome, or a part of one of them. */
const logRecord = z.discriminatedUnion("phase", [intentRecord, outcomeRecord]);
export type LogRecord = z.output<typeof logRecord>;
export type IntentRecord = z.output<typeof intentRecord>;
export type OutcomeRecord = z.output<typeof outcomeRecord>;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What stands in a record of the topic, where anybody may have written anything; null when it is nothing of ours. */
export function parseLogRecord(value: Uint8Array | null): LogRecord | null {
  if (value === null || value.byteLength > MAX_RECORD_BYTES) return null;
  try {
    const json = utf8.decode(value);
    if (!isShallow(json, MAX_DEPTH)) return null;
    const parsed = logRecord.safeParse(JSON.parse(json));
    return parsed.success && parsed.data.part <= parsed.data.parts ? parsed.data : null;
  } catch {
    return null;
  }
}
