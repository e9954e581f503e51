import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { sendMessage as contract, NewMessage } from "#lib/contracts/messages.ts";
import { type InvalidParam, ProblemError } from "#lib/problem.ts";
import type { Change } from "../changes/change.ts";
import { recordChange } from "../changes/record-change.ts";
import type { ClusterContext } from "../context.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { batchOfOne, type RecordToSend } from "../kafka/record-to-send.ts";
import { assertPartition } from "../topics/assert-partition.ts";
import { findTopic } from "../topics/find-topic.ts";
import { partitionOfKey } from "./key-hash.ts";
import { payloadToSend } from "./payload-to-send.ts";
import { produceToLeader } from "./produce-to-leader.ts";
import { wireTimestamp } from "./wire-timestamp.ts";

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
  if (params.topic === ctx.cluster.changesTopic) throw changeLogRefused(params.topic);
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
    ...recorded
  } = await recordChange(
    ctx,
    change,
    () => produceToLeader(ctx, topic, partition, batchOfOne(record)),
    (produced) => ({ detail: { offset: produced.offset.toString() } }),
  );
  return {
    topic: topic.name,
    partition,
    offset: offset.toString(),
    timestamp: appendTime === null ? record.timestampMs : wireTimestamp(appendTime),
    ...recorded,
  };
}

function changeLogRefused(topic: string): ProblemError {
  return new ProblemError(
    "message-refused",
    `${topic} is the change log of this cluster: only Tailrace's own records belong there. Nothing was sent.`,
  );
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
