import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import { wantsAll } from "#lib/contracts/message-filter.ts";
import { PREVIEW_BYTES, type TailRow } from "#lib/contracts/message-row.ts";
import type { listMessages as contract } from "#lib/contracts/messages.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import type { Lens } from "../reader/lens.ts";
import { earlierOf, laterOf } from "../reader/offset-bounds.ts";
import { findPartition } from "./find-partition.ts";
import { firstOffset, readStretch } from "./read-stretch.ts";

/** What is read for one page at most, as stored; one record batch comes whole, however large. */
const MAX_SCAN_BYTES = 32 * 1_048_576;
const MAX_SCAN_MS = 4_000;
/** Backwards, a filter that matches little is given longer stretches, to this many offsets. */
const MAX_STRETCH = 200_000n;
const GROWTH = 4n;

/**
 * A page of one partition, onwards or backwards, without a group. Looks at a bounded stretch of offsets, so that a filter
 * that matches little gives short pages, but always with a place where the next one begins.
 * @throws {ProblemError} topic-not-found, partition-not-found, kafka-forbidden, broker-unreachable, cluster-unreachable,
 *   deadline-exceeded, cancelled
 */
export async function listMessages(
  ctx: ClusterContext,
  { params, query }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const { partition, offset, direction, until, limit, isolation, topicId, ...filter } = query;
  const observedAtMs = Date.now();
  const { topic, logStartOffset, highWatermark, lastStableOffset } = await findPartition(ctx, params.topic, partition);
  if (topicId !== undefined && topic.topicId !== topicId) {
    throw new ProblemError(
      "topic-not-found",
      `Topic ${params.topic} was deleted and made again: the messages of the one before are gone.`,
    );
  }
  const end = isolation === "committed" ? lastStableOffset : highWatermark;
  const decoder = ctx.decoders.lease();
  try {
    const page: Page = {
      ctx,
      decoder,
      lens: { ...filter, isolation, previewBytes: PREVIEW_BYTES, gaps: true },
      topic: params.topic,
      partition,
      limit,
      untilMs: performance.now() + MAX_SCAN_MS,
    };
    const asked = offset === undefined ? null : BigInt(offset);
    const { rows, next } =
      direction === "after"
        ? await readOnwards(
            page,
            laterOf(asked ?? logStartOffset, logStartOffset),
            earlierOf(bigintOr(until, end), end),
          )
        : await readBackwards(page, logStartOffset, earlierOf(asked ?? end, end));
    return {
      rows,
      next: next?.toString() ?? null,
      logStartOffset: logStartOffset.toString(),
      highWatermark: highWatermark.toString(),
      observedAtMs,
    };
  } finally {
    decoder.release();
  }
}

interface Page {
  readonly ctx: ClusterContext;
  readonly decoder: Decoder;
  readonly lens: Lens;
  readonly topic: string;
  readonly partition: number;
  readonly limit: number;
  /** By `performance.now()`. */
  readonly untilMs: number;
}

interface Rows {
  readonly rows: TailRow[];
  /** Null: there is no more in this direction. */
  readonly next: bigint | null;
}

async function readOnwards(page: Page, from: bigint, to: bigint): Promise<Rows> {
  const { ctx, decoder, lens, topic, partition, limit, untilMs } = page;
  const stretch = { topic, partition, from, to };
  const { rows, next } = await readStretch(ctx, decoder, lens, stretch, { limit, maxBytes: MAX_SCAN_BYTES, untilMs });
  return { rows: [...rows], next: next >= to || next <= from ? null : next };
}

/**
 * Kafka reads onwards only: stretches that lie before each other are read one by one, each to its end, longer ones while
 * few messages match, shorter ones where messages turn out to be large.
 */
async function readBackwards(page: Page, floor: bigint, before: bigint): Promise<Rows> {
  const { lens, limit, untilMs } = page;
  let rows: TailRow[] = [];
  let [end, messages, bytes] = [before, 0, 0];
  let length = BigInt(limit);
  while (end > floor && messages < limit && bytes < MAX_SCAN_BYTES) {
    const from = laterOf(floor, end - length);
    const read = await readWhole(page, from, end, limit - messages, MAX_SCAN_BYTES - bytes);
    if (read.next < end) {
      // What was read is not next to what is there already: nothing of it can be shown.
      if (rows.length > 0 || end - from === 1n) break;
      length = laterOf(1n, (read.next - from) / 2n);
      continue;
    }
    rows = joined(read.rows, rows);
    messages += read.messages;
    bytes += read.bytes;
    end = read.first;
    if (performance.now() > untilMs) break;
    length =
      read.messages === 0 || !wantsAll(lens) ? earlierOf(length * GROWTH, MAX_STRETCH) : BigInt(limit - messages);
  }
  return { rows, next: end > floor ? end : null };
}

interface Whole {
  /** Those with the last messages, at most as many as wanted. */
  readonly rows: readonly TailRow[];
  readonly messages: number;
  /** The offset before which nothing is in `rows`. */
  readonly first: bigint;
  /** How far it was read: less than the end when a bound was reached before. */
  readonly next: bigint;
  readonly bytes: number;
}

/** Reads a stretch to its end and keeps the last messages of it. */
async function readWhole(
  { ctx, decoder, lens, topic, partition, limit, untilMs }: Page,
  from: bigint,
  to: bigint,
  wanted: number,
  maxBytes: number,
): Promise<Whole> {
  // A single offset is always read, however late it is: else there might be no progress.
  const until = to - from === 1n ? Number.POSITIVE_INFINITY : untilMs;
  let rows: TailRow[] = [];
  let [next, first, messages, bytes] = [from, from, 0, 0];
  while (next < to && bytes < maxBytes && performance.now() < until) {
    const bounds = { limit, maxBytes: maxBytes - bytes, untilMs: until };
    const read = await readStretch(ctx, decoder, lens, { topic, partition, from: next, to }, bounds);
    if (read.next <= next) return { rows, messages, first, next: to, bytes };
    rows = joined(rows, read.rows);
    messages += read.messages;
    bytes += read.bytes;
    next = read.next;
    if (messages > wanted) {
      rows = withLast(rows, wanted);
      messages = wanted;
      first = BigInt(rows[0] === undefined ? to : firstOffset(rows[0]));
    }
  }
  return { rows, messages, first, next, bytes };
}

/** From the first of the last so many messages on. */
function withLast(rows: readonly TailRow[], messages: number): TailRow[] {
  let left = messages;
  let at = rows.length;
  while (at > 0 && left > 0) {
    at--;
    if (Array.isArray(rows[at])) left--;
  }
  return rows.slice(at);
}

/** One hole that lies across both is one row. */
function joined(before: readonly TailRow[], after: readonly TailRow[]): TailRow[] {
  const [last, first] = [before.at(-1), after[0]];
  if (isHole(last) && isHole(first) && BigInt(last.gap[2]) + 1n === BigInt(first.gap[1])) {
    const whole: TailRow = { ...last, gap: [last.gap[0], last.gap[1], first.gap[2]] };
    return [...before.slice(0, -1), whole, ...after.slice(1)];
  }
  return [...before, ...after];
}

function isHole(row: TailRow | undefined): row is Extract<TailRow, { gap: unknown }> {
  return row !== undefined && "gap" in row && row.reason === "compacted";
}

function bigintOr(text: string | undefined, other: bigint): bigint {
  return text === undefined ? other : BigInt(text);
}
