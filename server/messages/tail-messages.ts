import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { tailMessages as contract, resumeTail as resumeContract, TailQuery } from "#lib/contracts/tail.ts";
import { ProblemError } from "#lib/problem.ts";
import { MAX_CURSOR_HEADER_LENGTH, parseCursor, type TailCursor } from "#lib/tail/cursor.ts";
import type { StreamContext } from "../context.ts";
import { keyCandidates } from "../reader/key-candidates.ts";
import type { ReadSelection } from "../reader/reader-event.ts";
import type { TailStream } from "../tail/tail-stream.ts";
import type { TailRequest } from "../tail/tails.ts";
import { findTopic } from "../topics/find-topic.ts";
import { findKeyPartition } from "./find-key-partition.ts";

/**
 * Messages as they arrive, from where the query says, or from the cursor in `Last-Event-ID`. Everything that can be wrong
 * is thrown before the stream begins.
 * @throws {ProblemError} invalid-request (pattern, cursor), cursor-too-large, too-many-tails, topic-not-found,
 *   partition-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function tailMessages(ctx: StreamContext, { query }: ParsedInput<typeof contract>): Promise<TailStream> {
  const { lastEventId } = ctx;
  return openTail(ctx, query, lastEventId ? cursorOf(lastEventId) : null);
}

/** The same, continued from a cursor; `from` counts for what the cursor knows no place of. @throws as `tailMessages` */
export async function resumeTail(
  ctx: StreamContext,
  { query, body }: ParsedInput<typeof resumeContract>,
): Promise<TailStream> {
  return openTail(ctx, query, body.cursor);
}

async function openTail(ctx: StreamContext, query: TailQuery, cursor: TailCursor | null): Promise<TailStream> {
  const { isolation, quiet, contains, without, case: caseSensitive, key, header, keyAs, valueAs } = query;
  const asked = selectionOf(query);
  if (cursor !== null) assertCursorFits(cursor, asked);
  const { selection, keyHash } = await selectKey(ctx, asked, query, cursor);
  const request: TailRequest = {
    selection,
    isolation,
    start: cursor === null ? query.from : { kind: "cursor", cursor, unnamed: query.from },
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

/** A cursor of other topics would begin these at places that nobody meant. */
function assertCursorFits(cursor: TailCursor, asked: ReadSelection): void {
  if ("pattern" in asked) return;
  const foreign = cursor.topics.find(({ name }) => !asked.topics.includes(name));
  if (foreign === undefined) return;
  const message = `it is of a tail of ${foreign.name}, which isn't among the topics that are asked for`;
  throw new ProblemError("invalid-request", `cursor: ${message}. Send the query that the tail began with.`, {
    invalidParams: [{ path: "cursor", message }],
  });
}

interface KeySelection {
  readonly selection: ReadSelection;
  readonly keyHash: TailRequest["keyHash"];
}

/**
 * Where a key's messages are, when that is certain: only that partition is read, as long as the topic has as many as the
 * choice was made for. A tail that goes on keeps what was chosen at its beginning: the key's hash may not be certain any more,
 * and what was read then tells nothing of the other partitions.
 */
async function selectKey(
  ctx: StreamContext,
  asked: ReadSelection,
  query: TailQuery,
  cursor: TailCursor | null,
): Promise<KeySelection> {
  const all = { selection: asked, keyHash: null };
  if (query.key === undefined || "pattern" in asked || asked.partitions !== null) return all;
  const [name, another] = asked.topics;
  if (name === undefined || another !== undefined) return all;
  const chosen = cursor === null ? null : onlyPartitionOf(cursor, name);
  if (cursor !== null && chosen === null) return all;
  // Before the keys are looked at: a partition that is added meanwhile makes the choice one for another topic.
  const { topicId, partitions } = await findTopic(ctx, name);
  const now = topicId === null ? null : { topicId, partitions: partitions.length };
  const choose = (partition: number, asLongAs: { topicId: string; partitions: number }) => ({
    ...asked,
    partitions: [partition],
    asLongAs,
  });
  if (chosen !== null && (chosen.topicId !== now?.topicId || chosen.partitions !== now.partitions)) {
    // All are read then; of a topic that was made anew, nothing of the cursor counts.
    const { partition, ...before } = chosen;
    const exists = now !== null && partition < now.partitions;
    return exists ? { selection: choose(partition, before), keyHash: null } : all;
  }
  const found = await partitionOfKey(ctx, name, query.key, query.keyAs);
  const partition = chosen?.partition ?? found?.partition;
  if (partition === undefined || now === null) return all;
  return { selection: choose(partition, now), keyHash: found?.partition === partition ? found : null };
}

/** @returns null when it isn't certain */
async function partitionOfKey(
  ctx: StreamContext,
  topic: string,
  key: string,
  keyAs: TailQuery["keyAs"],
): Promise<TailRequest["keyHash"]> {
  const found = await Promise.all(keyCandidates(key, keyAs).map((bytes) => findKeyPartition(ctx, topic, bytes)));
  const [first] = found;
  if (first === undefined || first === null) return null;
  return found.every((one) => one?.partition === first.partition) ? first : null;
}

/** What a tail of a key has chosen, when it reads one partition of several. */
function onlyPartitionOf(
  { topics: [topic, another] }: TailCursor,
  name: string,
): { readonly partition: number; readonly topicId: string; readonly partitions: number } | null {
  if (topic === undefined || topic.name !== name || another !== undefined || topic.partitions < 2) return null;
  const [partition, more] = topic.next.keys();
  if (partition === undefined || more !== undefined) return null;
  return { partition, topicId: topic.topicId, partitions: topic.partitions };
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
