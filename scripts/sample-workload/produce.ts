import { setInterval as ticks } from "node:timers/promises";
import kafkajs, { type Message, type Producer } from "kafkajs";
import type { Workload } from "./client.ts";
import { makeInventory } from "./make-inventory.ts";
import { makeOrders } from "./make-orders.ts";
import { makePageViews } from "./make-page-views.ts";
import { makePayments } from "./make-payments.ts";
import { makeSupportMessages } from "./make-support-messages.ts";
import { makeTelemetry } from "./make-telemetry.ts";
import type { SampleTopic } from "./topics.ts";

/** One send of all topics together a tick: brokers pay by the request, not by the message. */
const TICK_MS = 500;
const PAYMENTS_EVERY_TICKS = 2;

/** Messages a tick: page views hundreds a second, the others enough to be seen moving. */
const perTick = {
  "page-views": () => makePageViews(150 + Math.floor(50 * dayCurve())),
  orders: () => makeOrders(5),
  inventory: () => makeInventory(4),
  "device-telemetry": () => makeTelemetry(4),
  "support-messages": () => makeSupportMessages(1),
} satisfies Partial<Record<SampleTopic, () => Message[]>>;

/** Sends until the signal; at most two sends a second, and one more each second with zstd. */
export async function produceSamples({ kafka, signal }: Workload): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    let tick = 0;
    for await (const _ of ticks(TICK_MS, null, { signal })) {
      await sendAll(producer);
      if (++tick % PAYMENTS_EVERY_TICKS === 0) await sendPayments(producer);
    }
  } finally {
    await producer.disconnect();
  }
}

async function sendAll(producer: Producer): Promise<void> {
  const topicMessages = Object.entries(perTick).map(([topic, make]) => ({ topic, messages: make() }));
  await attempt(() => producer.sendBatch({ topicMessages }));
}

async function sendPayments(producer: Producer): Promise<void> {
  const messages = makePayments(8);
  await attempt(() => producer.send({ topic: "payments", compression: kafkajs.CompressionTypes.ZSTD, messages }));
}

/** A topic that a person deleted, or a partition without a leader, must not end the others. */
async function attempt(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    console.error(`${new Date().toISOString()} a send failed: ${String(error)}`);
  }
}

/** Between -1 and 1, over ten minutes: rates that move are worth a chart. */
function dayCurve(): number {
  return Math.sin((Date.now() / 600_000) * 2 * Math.PI);
}
