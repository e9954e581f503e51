import { Kafka, logLevel } from "kafkajs";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";
import type { LocalKafka } from "../local-kafka/local-kafka.ts";

const TOPICS_A_REQUEST = 100;
const MESSAGES_A_TOPIC = 6;
/** Brokers that have just made three thousand partitions on a busy machine may lose their leaders for half a minute. */
const RETRIES = 20;

/**
 * Creates `count` topics of three partitions and one replica each and, when all have a leader, writes a few
 * messages into every partition; returns their names.
 */
export async function fillCluster(kafka: LocalKafka, count: number, signal: AbortSignal): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `bench-${String(i).padStart(4, "0")}`);
  const chunks = Array.from({ length: Math.ceil(count / TOPICS_A_REQUEST) }, (_, i) =>
    names.slice(i * TOPICS_A_REQUEST, (i + 1) * TOPICS_A_REQUEST),
  );
  calmKafkajs();
  const client = new Kafka({
    clientId: "tailrace-bench",
    brokers: [...kafka.bootstrap],
    logLevel: logLevel.NOTHING,
  });
  const admin = client.admin();
  const producer = client.producer({ allowAutoTopicCreation: false, retry: { retries: RETRIES } });
  await Promise.all([admin.connect(), producer.connect()]);
  try {
    for (const topics of chunks) {
      signal.throwIfAborted();
      await admin.createTopics({
        topics: topics.map((topic) => ({ topic, numPartitions: 3, replicationFactor: 1 })),
        waitForLeaders: false,
        timeout: 30_000,
      });
    }
    await kafka.waitHealthy({ signal });
    const messages = Array.from({ length: MESSAGES_A_TOPIC }, (_, i) => ({ partition: i % 3, value: `bench ${i}` }));
    for (const topics of chunks) {
      signal.throwIfAborted();
      await producer.sendBatch({ topicMessages: topics.map((topic) => ({ topic, messages })) });
    }
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
  return names;
}
