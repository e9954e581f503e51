import { setTimeout as delay } from "node:timers/promises";
import type { Producer } from "kafkajs";
import type { Workload } from "./client.ts";
import { makeRefunds } from "./make-refunds.ts";

const TOPIC = "refunds";
/** Kafka's brokers allow 15 min at most (`transaction.max.timeout.ms`), and abort then. */
const TRANSACTION_TIMEOUT_MS = 900_000;
const OPEN_MS = 600_000;
const REST_MS = 180_000;
const RETRY_MS = 5_000;

/**
 * A job that forgets to end its transaction for ten minutes at a time: what others write behind it is there, but hidden from every
 * reader of committed messages. The next start aborts what a killed one left open, by its transactional id.
 */
export async function holdTransactions({ kafka, signal }: Workload): Promise<void> {
  const producer = kafka.producer({
    transactionalId: "sample-refund-import",
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout: TRANSACTION_TIMEOUT_MS,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  try {
    while (!signal.aborted) {
      const restMs = await hold(producer, signal).catch((error: unknown) => {
        console.error(`${new Date().toISOString()} a held transaction failed: ${String(error)}`);
        return RETRY_MS;
      });
      await delay(restMs, null, { signal }).catch(() => null);
    }
  } finally {
    await producer.disconnect();
  }
}

async function hold(producer: Producer, signal: AbortSignal): Promise<number> {
  const transaction = await producer.transaction();
  try {
    await transaction.send({ topic: TOPIC, messages: makeRefunds(2) });
    await delay(OPEN_MS, null, { signal }).catch(() => null);
  } finally {
    await transaction.abort();
  }
  return REST_MS;
}
