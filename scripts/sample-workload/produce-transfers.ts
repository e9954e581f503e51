import { setInterval as ticks } from "node:timers/promises";
import type { Message, Producer } from "kafkajs";
import type { Workload } from "./client.ts";
import { integer, times } from "./random.ts";

const TICK_MS = 2_000;
const ABORTED_SHARE = 0.25;

/** Transfers between accounts, each transaction a debit and a credit; a quarter of the transactions are aborted. */
export async function produceTransfers({ kafka, signal }: Workload): Promise<void> {
  const producer = kafka.producer({
    transactionalId: "sample-account-transfers",
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  try {
    for await (const _ of ticks(TICK_MS, null, { signal })) {
      await transfer(producer).catch((error: unknown) => {
        console.error(`${new Date().toISOString()} a transaction failed: ${String(error)}`);
      });
    }
  } finally {
    await producer.disconnect();
  }
}

async function transfer(producer: Producer): Promise<void> {
  const transaction = await producer.transaction();
  try {
    await transaction.send({ topic: "account-transfers", messages: times(3, makeTransfer).flat() });
    if (Math.random() < ABORTED_SHARE) await transaction.abort();
    else await transaction.commit();
  } catch (error) {
    if (transaction.isActive()) await transaction.abort();
    throw error;
  }
}

/** Two messages that belong together. */
function makeTransfer(): Message[] {
  const transfer = crypto.randomUUID();
  const amountCents = 100 + integer(100_000);
  const account = () => `account-${integer(250)}`;
  return [
    { key: account(), value: JSON.stringify({ transfer, kind: "debit", amountCents }) },
    { key: account(), value: JSON.stringify({ transfer, kind: "credit", amountCents }) },
  ];
}
