import { setInterval as ticks } from "node:timers/promises";
import kafkajs, { type Kafka, type Message, type Producer } from "kafkajs";
import type { Workload } from "./client.ts";
import { makeInventory } from "./make-inventory.ts";
import { makeOrders } from "./make-orders.ts";
import { makePageViews } from "./make-page-views.ts";
import { makePayments } from "./make-payments.ts";
import { makeRefunds } from "./make-refunds.ts";
import { makeSupportMessages } from "./make-support-messages.ts";
import { makeTelemetry } from "./make-telemetry.ts";
import type { SampleTopic } from "./topics.ts";

/** One send of all topics together a tick: brokers pay by the request, not by the message. */
const TICK_MS = 500;
const PAYMENTS_EVERY_TICKS = 2;
/** Half a minute: how soon a topic that was deleted and made again is written to. */
const LOOK_AGAIN_TICKS = 60;
/** 4.5 s or so; then it is looked whether the topics are still there. */
const SEND_RETRIES = 4;

/** Messages a tick: page views hundreds a second, the others enough to be seen moving. */
const perTick = {
  "page-views": () => makePageViews(150 + Math.floor(50 * dayCurve())),
  orders: () => makeOrders(5),
  inventory: () => makeInventory(4),
  "device-telemetry": () => makeTelemetry(4),
  "support-messages": () => makeSupportMessages(1),
  refunds: () => makeRefunds(1),
} satisfies Partial<Record<SampleTopic, () => Message[]>>;
const PAYMENTS: SampleTopic = "payments";
const TOPICS = [...Object.keys(perTick), PAYMENTS];

/** A producer whose topics are all there: kafkajs fails a whole send, and every later one, for one topic that isn't. */
interface Sender {
  readonly producer: Producer;
  readonly topics: ReadonlySet<string>;
}

/**
 * Sends until the signal; at most two sends a second, and one more each second with zstd. A topic that a person deleted is
 * left out, until it is there again.
 */
export async function produceSamples({ kafka, signal }: Workload): Promise<void> {
  let sender = await openSender(kafka);
  try {
    let tick = 0;
    for await (const _ of ticks(TICK_MS, null, { signal })) {
      tick++;
      const sent = await attempt(() => sendTick(sender, tick));
      if (sent && (sender.topics.size === TOPICS.length || tick % LOOK_AGAIN_TICKS !== 0)) continue;
      await attempt(async () => {
        const next = await openSender(kafka);
        await sender.producer.disconnect();
        sender = next;
      });
    }
  } finally {
    await sender.producer.disconnect();
  }
}

async function openSender(kafka: Kafka): Promise<Sender> {
  const admin = kafka.admin();
  const producer = kafka.producer({ allowAutoTopicCreation: false, retry: { retries: SEND_RETRIES } });
  await Promise.all([admin.connect(), producer.connect()]);
  const there = await admin.listTopics().finally(() => admin.disconnect());
  return { producer, topics: new Set(TOPICS.filter((topic) => there.includes(topic))) };
}

async function sendTick({ producer, topics }: Sender, tick: number): Promise<void> {
  const topicMessages = Object.entries(perTick)
    .filter(([topic]) => topics.has(topic))
    .map(([topic, make]) => ({ topic, messages: make() }));
  if (topicMessages.length > 0) await producer.sendBatch({ topicMessages });
  if (topics.has(PAYMENTS) && tick % PAYMENTS_EVERY_TICKS === 0) {
    await producer.send({ topic: PAYMENTS, compression: kafkajs.CompressionTypes.ZSTD, messages: makePayments(8) });
  }
}

/** A partition without a leader must not end it all. @returns whether it went well */
async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    console.error(`${new Date().toISOString()} sending failed: ${String(error)}`);
    return false;
  }
}

/** Between -1 and 1, over ten minutes: rates that move are worth a chart. */
function dayCurve(): number {
  return Math.sin((Date.now() / 600_000) * 2 * Math.PI);
}
