import { z } from "zod";
import { int64, offset } from "./kafka.ts";

/**
 * Messages as rows of a list, compact: a live tail sends tens of thousands a second. A preview of at most PREVIEW_BYTES
 * of key and value; the whole message is `getMessage`.
 */

/** More bytes than this of a key or value are not in a row. */
export const PREVIEW_BYTES = 512;

/** How bytes can be read. Numbers are big-endian, as Kafka's serializers write them. */
const readableFormats = ["json", "text", "int16", "int32", "int64", "float32", "float64", "hex"] as const;
export const readableFormat = z.enum(readableFormats).meta({ id: "ReadableFormat" });
export type ReadableFormat = z.output<typeof readableFormat>;

/** What a viewer chooses; `auto` guesses by each payload. */
export const payloadFormat = z.enum(["auto", ...readableFormats]).meta({ id: "PayloadFormat" });
export type PayloadFormat = z.output<typeof payloadFormat>;

/** Milliseconds since 1970; text when a producer wrote something beyond 2^53 (nanoseconds, say); -1: none. */
export const messageTimestamp = z.union([z.int(), int64]).meta({ id: "MessageTimestamp" });
export type MessageTimestamp = z.output<typeof messageTimestamp>;

/**
 * A key or value in a row. Null: none (of a value: a tombstone). A string: text (JSON too), whole, exactly as received;
 * "" is empty. An object: anything else, or only the beginning.
 */
export const cell = z
  .union([
    z.null(),
    z.string(),
    z.object({
      as: z.union([readableFormat, z.literal("undecodable")]),
      /** At most PREVIEW_BYTES of the payload in that format; hex when undecodable, lower case without blanks. */
      text: z.string(),
      /** Size of the whole payload. */
      bytes: z.int(),
      /** `text` is only the beginning. */
      cut: z.literal(true).optional(),
      /** Why it is undecodable, or not what was asked for. */
      why: z.string().optional(),
    }),
  ])
  .meta({ id: "Cell" });
export type Cell = z.output<typeof cell>;

/** What few messages have. */
const rowExtra = z.object({
  /** The first few headers; values as text, or as hex after "0x" when they aren't, cut to some characters. */
  headers: z.array(z.tuple([z.string(), z.string().nullable()])).optional(),
  /** When there are more headers than that. */
  headerCount: z.int().optional(),
  /** Written in a transaction by this producer, and read uncommitted: its marker decides (see `gap.aborted`). */
  transaction: int64.optional(),
  /** The timestamp is the broker's (LogAppendTime), not the producer's. */
  appendTime: z.literal(true).optional(),
});

/** A partition's place in the table that `ready` told; in `listMessages` always 0. */
const place = z.int().min(0);

/** One message: partition's place, offset, timestamp, key, value, extras. */
export const messageRow = z
  .union([
    z.tuple([place, offset, messageTimestamp, cell, cell]),
    z.tuple([place, offset, messageTimestamp, cell, cell, rowExtra]),
  ])
  .meta({ id: "MessageRow" });
export type MessageRow = z.output<typeof messageRow>;

/** Offsets, both inclusive, that hold no message for this viewer. */
export const gapRow = z
  .object({
    gap: z.tuple([place, offset, offset]),
    /**
     * compacted: nothing is stored there. markers: control records that end transactions. aborted: messages of aborted
     * transactions, left out when reading committed.
     */
    reason: z.enum(["compacted", "markers", "aborted"]),
    /** Of markers: how many ended a transaction which way. */
    commits: z.int().optional(),
    aborts: z.int().optional(),
    /** Of markers: whose rows below `gap` in this partition, back to their previous marker, were aborted or committed. */
    aborted: z.array(int64).optional(),
    committed: z.array(int64).optional(),
  })
  .meta({ id: "GapRow" });
export type GapRow = z.output<typeof gapRow>;

/** A batch that could not be read; the reader went on behind it. */
export const problemRow = z
  .object({
    problem: z.tuple([place, offset, offset]),
    code: z.enum(["oversize", "old-format", "corrupt", "unknown-codec"]),
    /** In one sentence, with what to do. */
    detail: z.string(),
    /** How many messages its header claims. */
    records: z.int(),
  })
  .meta({ id: "ProblemRow" });
export type ProblemRow = z.output<typeof problemRow>;

/** Rows of one partition are in order of offset; rows of several come as their leaders answered. */
export const tailRow = z.union([messageRow, gapRow, problemRow]).meta({ id: "TailRow" });
export type TailRow = z.output<typeof tailRow>;
