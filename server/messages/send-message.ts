import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { sendMessage as contract, NewMessage } from "#lib/contracts/messages.ts";
import { type InvalidParam, ProblemError } from "#lib/problem.ts";
import type { Change } from "../changes/change.ts";
import { recordChange } from "../changes/record-change.ts";
import type { ClusterContext } from "../context.ts";
import { abortProblem } from "../kafka/deadline.ts";
import { type Produced, produce } from "../kafka/produce.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { batchOfOne, type RecordToSend } from "../kafka/record-to-send.ts";
import { assertPartition } from "../topics/assert-partition.ts";
import { findTopic } from "../topics/find-topic.ts";
import { partitionOfKey } from "./key-hash.ts";
import { payloadToSend } from "./payload-to-send.ts";
import { refusedMessage } from "./refused-message.ts";
import { wireTimestamp } from "./wire-timestamp.ts";

/** A leader that has just moved: the broker that was asked stored nothing, so the next one can be asked. */
const NOT_THE_LEADER = new Set([3, 5, 6]);
const MOST_TRIES = 4;
const BETWEEN_TRIES_MS = 250;

/**
 * Produces one message and waits until all replicas in sync have it. Never makes a topic. Written down as a change, without
 * key, value and headers.
 * @throws {ProblemError} invalid-request (a text that isn't what it is said to be), message-refused, topic-not-found,
 *   partition-not-found, kafka-forbidden, broker-unreachable, deadline-exceeded (it may be stored all the same), cancelled
 * @see KIP-467 (the broker's reason)
 */
export async function sendMessage(
  ctx: ClusterContext,
  { params, body }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const record = recordOf(body);
  const topic = await findTopic(ctx, params.topic);
  if (body.partition !== undefined) assertPartition(topic, body.partition);
  const partition = choosePartition(topic, record.key, body.partition);
  const change: Change = {
    action: "send-message",
    target: { topic: topic.name, partition },
    before: null,
    after: {
      keyBytes: record.key?.length ?? null,
      valueBytes: record.value?.length ?? null,
      headers: body.headers.length,
    },
  };
  const {
    result: { offset, appendTime },
  } = await recordChange(
    ctx,
    change,
    () => produceToLeader(ctx, topic, partition, record),
    (produced) => ({ detail: { offset: produced.offset.toString() } }),
  );
  return {
    topic: topic.name,
    partition,
    offset: offset.toString(),
    timestamp: appendTime === null ? record.timestampMs : wireTimestamp(appendTime),
  };
}

function recordOf({ key, keyAs, value, valueAs, headers }: NewMessage): RecordToSend {
  const wrong: InvalidParam[] = [];
  const bytes = (path: string, text: string | null, as: NewMessage["valueAs"]) => {
    try {
      return text === null ? null : payloadToSend(text, as);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      wrong.push({ path, message: error.message });
      return null;
    }
  };
  const record = {
    key: bytes("key", key, keyAs),
    value: bytes("value", value, valueAs),
    headers: headers.map(({ name, value: text }, index) => {
      bytes(`headers.${index}.name`, name, "text");
      return { name, value: bytes(`headers.${index}.value`, text, "text") };
    }),
    timestampMs: Date.now(),
  };
  const [first] = wrong;
  if (first === undefined) return record;
  throw new ProblemError("invalid-request", `Nothing was sent. ${first.path}: ${first.message}.`, {
    invalidParams: wrong,
  });
}

function choosePartition({ partitions }: MetadataTopic, key: Uint8Array | null, asked?: number): number {
  if (asked !== undefined) return asked;
  const hashed = key === null ? null : partitionOfKey("murmur2", key, partitions.length);
  if (hashed !== null) return hashed;
  const led = partitions.filter(({ leader }) => leader !== null);
  const any = led[Math.floor(Math.random() * led.length)];
  return any?.partition ?? 0;
}

/** Asks the leader that metadata names, and a few times anew while the leader moves. */
async function produceToLeader(
  ctx: ClusterContext,
  topic: MetadataTopic,
  partition: number,
  record: RecordToSend,
): Promise<Produced> {
  const batch = { topic: topic.name, partition, records: batchOfOne(record) };
  let known = topic;
  for (let left = MOST_TRIES; ; left--) {
    const leader = known.partitions[partition]?.leader ?? null;
    if (leader !== null) {
      const answer = await produce(ctx.kafka, leader, batch, ctx.signal).catch((error: unknown) => {
        throw unanswered(error, topic.name, partition);
      });
      if (answer?.errorCode === 0) return answer;
      const refusal = answer ?? { errorCode: -1, errorMessage: null };
      if (left <= 1 || !NOT_THE_LEADER.has(refusal.errorCode)) throw refusedMessage(topic.name, partition, refusal);
    } else if (left <= 1) {
      throw new ProblemError(
        "broker-unreachable",
        `${topic.name}-${partition} has no leader: nothing was sent. Start a broker that holds one of its replicas, or choose another partition.`,
      );
    }
    await sleep(BETWEEN_TRIES_MS, undefined, { signal: ctx.signal }).catch(() => {
      throw abortProblem(ctx.signal);
    });
    known = await findTopic(ctx, topic.name);
  }
}

/** What the leader did with a message whose answer never came is unknown. */
function unanswered(error: unknown, topic: string, partition: number): unknown {
  if (!(error instanceof ProblemError)) return error;
  if (error.code !== "broker-unreachable" && error.code !== "deadline-exceeded") return error;
  return new ProblemError(
    error.code,
    `${error.message} The message may be stored all the same: look at the newest messages of ${topic}-${partition} before sending it again.`,
    { cause: error },
  );
}
