import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { tailMessages as contract, resumeTail as resumeContract, TailQuery } from "#lib/contracts/tail.ts";
import { ProblemError } from "#lib/problem.ts";
import { MAX_CURSOR_HEADER_LENGTH, parseCursor, type TailCursor } from "#lib/tail/cursor.ts";
import type { StreamContext } from "../context.ts";
import { keyCandidates } from "../reader/key-candidates.ts";
import type { ReadRequest, ReadSelection } from "../reader/reader-event.ts";
import type { TailStream } from "../tail/tail-stream.ts";
import type { TailRequest } from "../tail/tails.ts";
import { findKeyPartition } from "./find-key-partition.ts";

/**
 * Messages as they arrive, from where the query says, or from the cursor in `Last-Event-ID`. Everything that can be wrong
 * is thrown before the stream begins.
 * @throws {ProblemError} invalid-request (pattern, cursor), cursor-too-large, too-many-tails, topic-not-found,
 *   partition-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function tailMessages(ctx: StreamContext, { query }: ParsedInput<typeof contract>): Promise<TailStream> {
  const { lastEventId } = ctx;
  return openTail(ctx, query, lastEventId ? { kind: "cursor", cursor: cursorOf(lastEventId) } : query.from);
}

/** The same, continued from a cursor, whatever `from` says. @throws as `tailMessages` */
export async function resumeTail(
  ctx: StreamContext,
  { query, body }: ParsedInput<typeof resumeContract>,
): Promise<TailStream> {
  return openTail(ctx, query, { kind: "cursor", cursor: body.cursor });
}

async function openTail(ctx: StreamContext, query: TailQuery, start: ReadRequest["start"]): Promise<TailStream> {
  const { isolation, quiet, contains, without, case: caseSensitive, key, header, keyAs, valueAs } = query;
  const asked = selectionOf(query);
  const keyHash = await partitionOfKey(ctx, asked, query);
  const kept = keyHash ? [keyHash.partition] : key === undefined ? null : onlyPartitionOf(start, asked);
  const request: TailRequest = {
    selection: kept !== null && "topics" in asked ? { ...asked, partitions: kept } : asked,
    isolation,
    start,
    keyHash,
    quietMs: quiet === undefined ? null : quiet * 1_000,
    filter: {
      case: caseSensitive,
      keyAs,
      valueAs,
      ...(contains !== undefined && { contains }),
      ...(without !== undefined && { without }),
      ...(key !== undefined && { key }),
      ...(header !== undefined && { header }),
    },
  };
  return ctx.tails.open(ctx, request, ctx.signal, ctx.viewing);
}

function selectionOf({ topics, pattern, internal, partitions }: TailQuery): ReadSelection {
  if (pattern !== undefined) return { pattern, internal };
  return { topics: [...new Set(topics ?? [])].sort(), partitions: partitions ?? null };
}

/** Where a key's messages are, when that is certain: only that partition is read. */
async function partitionOfKey(
  ctx: StreamContext,
  selection: ReadSelection,
  { key, keyAs }: TailQuery,
): Promise<TailRequest["keyHash"]> {
  if (key === undefined || "pattern" in selection || selection.partitions !== null) return null;
  const [topic, another] = selection.topics;
  if (topic === undefined || another !== undefined) return null;
  const found = await Promise.all(keyCandidates(key, keyAs).map((bytes) => findKeyPartition(ctx, topic, bytes)));
  const [first] = found;
  if (first === undefined || first === null) return null;
  return found.every((one) => one?.partition === first.partition) ? first : null;
}

/**
 * A tail of a key that read one partition goes on with that one, although its hash may not be certain any more: from all
 * others it would begin at their beginning.
 */
function onlyPartitionOf(start: ReadRequest["start"], selection: ReadSelection): readonly number[] | null {
  if (start.kind !== "cursor" || "pattern" in selection || selection.partitions !== null) return null;
  const [topic, another] = start.cursor.topics;
  const [partition, more] = topic?.next.keys() ?? [];
  return another === undefined && partition !== undefined && more === undefined ? [partition] : null;
}

function cursorOf(lastEventId: string): TailCursor {
  if (lastEventId.length > MAX_CURSOR_HEADER_LENGTH) {
    throw new ProblemError(
      "cursor-too-large",
      `Last-Event-ID holds ${lastEventId.length} characters, and at most ${MAX_CURSOR_HEADER_LENGTH} are taken. POST the cursor as {"cursor": …} to the same address instead.`,
    );
  }
  try {
    return parseCursor(lastEventId);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError("invalid-request", `Last-Event-ID: ${error.message}`, {
      invalidParams: [{ path: "Last-Event-ID", message: error.message }],
    });
  }
}
