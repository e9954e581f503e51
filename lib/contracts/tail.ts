import { z } from "zod";
import { problemDetails } from "../problem.ts";
import { MAX_CURSOR_LENGTH, parseCursor } from "../tail/cursor.ts";
import { parsePartitionList } from "../tail/partition-list.ts";
import { parseTailStart } from "../tail/start.ts";
import { defineEndpoint } from "./endpoint.ts";
import { clusterName, offset, partitionId, timestampMs, topicName } from "./kafka.ts";
import { messageFilter } from "./message-filter.ts";
import { tailRow } from "./message-row.ts";

const MAX_TOPICS = 100;
const MAX_PATTERN = 500;
const MAX_QUIET_S = 86_400;

/**
 * What a tail reads and shows; the same keys stand in the page's URL. Either `topics` or `pattern`.
 * `partitions` ("0,3,5-7") only with one topic.
 */
export const tailQuery = z
  .strictObject({
    /** Names, with commas between. */
    topics: z
      .string()
      .meta({ description: "Names of topics, with commas between; this or pattern" })
      .transform((text) => text.split(","))
      .pipe(z.array(topicName).min(1).max(MAX_TOPICS))
      .optional(),
    /** A regular expression (RE2) found anywhere in the name; internal topics only when `internal`. */
    pattern: z
      .string()
      .min(1)
      .max(MAX_PATTERN)
      .meta({ description: "A regular expression (RE2) that is found anywhere in the names; this or topics" })
      .optional(),
    internal: z.stringbool().default(false),
    partitions: z
      .string()
      .meta({ description: "Of one topic, as in 0,3,5-7" })
      .transform(orIssue(parsePartitionList))
      .optional(),
    /**
     * now, earliest, last:100 (of each partition), -5m, an ISO instant, offset:991. See lib/tail/start.ts. Of a tail that goes
     * on: for partitions that could not be read before.
     */
    from: z
      .string()
      .default("now")
      .meta({
        description: "now, earliest, last:100 (of each partition), -5m (s, m, h, d), an ISO instant, offset:991",
      })
      .transform(orIssue(parseTailStart)),
    isolation: z.enum(["uncommitted", "committed"]).default("uncommitted"),
    /** Ends by itself after so many seconds without a message in any partition, read to their ends. */
    quiet: z.coerce.number().int().min(1).max(MAX_QUIET_S).optional(),
    ...messageFilter.shape,
  })
  .superRefine((query, context) => {
    if ((query.topics === undefined) === (query.pattern === undefined)) {
      context.addIssue({ code: "custom", path: ["topics"], message: "either topics or a pattern, and not both" });
    }
    const single = query.topics?.length === 1;
    if (query.partitions !== undefined && !single) {
      context.addIssue({ code: "custom", path: ["partitions"], message: "partitions can be chosen of one topic only" });
    }
    if (query.from.kind === "offset" && !single) {
      context.addIssue({ code: "custom", path: ["from"], message: "an offset means something in one topic only" });
    }
  });
export type TailQuery = z.output<typeof tailQuery>;

function orIssue<T>(parse: (text: string) => T) {
  return (text: string, context: z.RefinementCtx): T => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "not understood" });
      return z.NEVER;
    }
  };
}

/** Why matched messages were not sent. Divider rows and counters show them: nothing is lost in silence. */
export const lossReasons = ["sampled", "slow-client", "oversize", "undecodable", "filter-error"] as const;
export type LossReason = (typeof lossReasons)[number];
/** By reason, how many messages; a reason that is left out lost none. */
const losses = z.partialRecord(z.enum(lossReasons), z.int()).meta({ id: "Losses" });
export type Losses = z.output<typeof losses>;

/** Offsets of one partition, both inclusive. */
const range = z.tuple([z.int(), offset, offset]);

/**
 * First, and again whenever partitions appear: the whole table, to which is only ever added. A partition's place in it
 * stands for it in all other frames.
 */
const readyFrame = z.object({
  /** By place in `partitions`. A topic that was deleted and made again appears a second time, with another id. */
  topics: z.array(
    z.object({
      name: z.string(),
      topicId: z.string(),
      /** How many it had when the tail began, for the cursor; 0 when the topic came later. */
      partitions: z.int(),
    }),
  ),
  /** Place of the topic, partition, the first offset that is read; null while that isn't known, or when it is gone. */
  partitions: z.array(z.tuple([z.int(), partitionId, offset.nullable()])),
  /** By time of arrival between partitions: exact for one partition, else approximate. */
  order: z.enum(["exact", "approximate"]),
  /** `key` was asked for, and a sample of every partition's keys agrees with this hash: only this partition is read. */
  keyHash: z.object({ hash: z.enum(["murmur2", "crc32"]), partition: partitionId }).optional(),
});

const messagesFrame = z.object({
  /** By place: the next offset to read. What a reconnect continues from, merged over all frames. */
  next: z.array(z.tuple([z.int(), offset])),
  rows: z.array(tailRow),
});

/**
 * Every second; totals since the stream began. `in` = rejected by the filter + `sent` + all of `lost`;
 * matched = sent + lost. Control records, and aborted ones when reading committed, are no messages.
 */
const statsFrame = z.object({
  atMs: timestampMs,
  in: z.int(),
  matched: z.int(),
  sent: z.int(),
  /** Bytes of records read, as stored. */
  bytes: z.int(),
  lost: losses,
  /**
   * Offsets between what was read and the high watermarks; null while one is unknown. "0": live. Of the partitions that can be
   * read while others wait; null when all wait.
   */
  behind: offset.nullable(),
  /** Partitions that can't be read just now, and why; they go on where they stopped. */
  waiting: z.object({ partitions: z.int(), why: z.string() }).nullable(),
  /** Those who share this reading, this viewer included. */
  viewers: z.int(),
});

/** Offsets that this viewer doesn't see, for a reason outside the messages themselves. */
const gapFrame = z.object({
  /**
   * retention: they were deleted before they could be read. truncated: the log was cut off at the `next` of this frame, and
   * written anew from there: `ranges` are the offsets that were read before. lost: see `lost`; `listMessages` can still read them.
   * recreated: the topic was deleted and made again; reading goes on at its beginning. deleted: the topic is gone.
   */
  reason: z.enum(["retention", "truncated", "lost", "recreated", "deleted"]),
  ranges: z.array(range),
  lost: losses.optional(),
  /** Timestamps of the first and last message that was lost, when known. */
  fromMs: z.int().optional(),
  toMs: z.int().optional(),
  /** By place, the next offset, for the cursor. */
  next: z.array(z.tuple([z.int(), offset])),
  detail: z.string(),
});

const endFrame = z.object({ reason: z.enum(["quiet", "deleted", "shutting-down"]), detail: z.string() });

/** `fatal`: the stream ends with it. Else reading goes on, and the problem passes. */
const problemFrame = z.object({ problem: problemDetails, fatal: z.boolean() });

export const tailFrames = {
  ready: readyFrame,
  messages: messagesFrame,
  stats: statsFrame,
  gap: gapFrame,
  end: endFrame,
  problem: problemFrame,
} as const;
export type TailFrameName = keyof typeof tailFrames;
export type TailFrames = { [Name in TailFrameName]: z.output<(typeof tailFrames)[Name]> };
/** One event of the stream: its name is the event's, its data the frame as JSON. */
export type TailFrame = { [Name in TailFrameName]: { name: Name; data: TailFrames[Name] } }[TailFrameName];

const anyFrame = z.union([readyFrame, messagesFrame, statsFrame, gapFrame, endFrame, problemFrame]);
const clusterParams = z.strictObject({ cluster: clusterName });

/**
 * Server-sent events. The ids of `ready` and `stats` are whole cursors (left out beyond 8 KB): `Last-Event-ID` continues
 * without a gap, repeating at most what came since. Merging `next` of all frames and `resumeTail` repeats nothing.
 */
export const tailMessages = defineEndpoint({
  name: "tailMessages",
  method: "GET",
  path: "/api/clusters/:cluster/messages/tail",
  summary: "Messages as they arrive",
  permission: "read-messages",
  params: clusterParams,
  query: tailQuery,
  answers: "event-stream",
  response: anyFrame,
});

export const resumeTail = defineEndpoint({
  name: "resumeTail",
  method: "POST",
  path: "/api/clusters/:cluster/messages/tail",
  summary: "The same, continued from a cursor: no gap, nothing twice",
  permission: "read-messages",
  /** Reading: POST only because a cursor outgrows what a URL or a header may hold. */
  changes: false,
  params: clusterParams,
  query: tailQuery,
  body: z.strictObject({ cursor: z.string().min(1).max(MAX_CURSOR_LENGTH).transform(orIssue(parseCursor)) }),
  answers: "event-stream",
  response: anyFrame,
});
