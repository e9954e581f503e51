import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { getMessage as contract, Message } from "#lib/contracts/messages.ts";
import type { ClusterContext } from "../context.ts";
import type { BatchFacts } from "../reader/extracted-record.ts";
import { headerPayloadOf, payloadOf } from "./payload.ts";
import { readRecord } from "./read-record.ts";
import { transactionState } from "./transaction-state.ts";
import { wireTimestamp } from "./wire-timestamp.ts";

/**
 * One message, whole, with the batch it came in and what became of its transaction. Large payloads are cut, and say so.
 * @throws {ProblemError} message-not-found (saying why, and where the next one is), topic-not-found, partition-not-found,
 *   kafka-forbidden, broker-unreachable, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function getMessage(
  ctx: ClusterContext,
  { params, query }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const observedAtMs = Date.now();
  const { topic, partition } = params;
  const decoder = ctx.decoders.lease();
  try {
    const found = await readRecord(ctx, decoder, { topic, partition, offset: BigInt(params.offset) });
    const { record, now } = found;
    return {
      topic,
      partition,
      offset: record.offset.toString(),
      timestamp: wireTimestamp(record.timestamp),
      timestampType: record.timestampType,
      key: record.key && payloadOf(record.key, query.keyAs),
      value: record.value && payloadOf(record.value, query.valueAs),
      headers: record.headers.map(({ name, value }) => ({ name, value: value && headerPayloadOf(value) })),
      batch: batchOf(record.batch),
      transaction: await transactionState(ctx, decoder, found),
      leader: now.leader,
      logStartOffset: now.logStartOffset.toString(),
      highWatermark: now.highWatermark.toString(),
      observedAtMs,
    };
  } finally {
    decoder.release();
  }
}

function batchOf(batch: BatchFacts): Message["batch"] {
  const { baseOffset, lastOffset, producerId, producerEpoch, baseSequence, ...rest } = batch;
  const idempotent = producerId >= 0n;
  return {
    ...rest,
    baseOffset: baseOffset.toString(),
    lastOffset: lastOffset.toString(),
    producerId: idempotent ? producerId.toString() : null,
    producerEpoch: idempotent ? producerEpoch : null,
    baseSequence: idempotent ? baseSequence : null,
  };
}
