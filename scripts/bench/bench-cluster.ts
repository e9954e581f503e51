import { Kafka, logLevel } from "kafkajs";

const TOPICS_A_REQUEST = 100;
const MESSAGES_A_TOPIC = 6;

/** Creates `count` topics of three partitions and three replicas each and writes a few messages into every partition; returns their names. */
export async function fillCluster(bootstrap: readonly string[], count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `bench-${String(i).padStart(4, "0")}`);
  const kafka = new Kafka({ clientId: "tailrace-bench", brokers: [...bootstrap], logLevel: logLevel.ERROR });
  const admin = kafka.admin();
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await Promise.all([admin.connect(), producer.connect()]);
  try {
    for (let from = 0; from < count; from += TOPICS_A_REQUEST) {
      const topics = names
        .slice(from, from + TOPICS_A_REQUEST)
        .map((topic) => ({ topic, numPartitions: 3, replicationFactor: 3 }));
      await admin.createTopics({ topics, waitForLeaders: true, timeout: 30_000 });
      const messages = Array.from({ length: MESSAGES_A_TOPIC }, (_, i) => ({ partition: i % 3, value: `bench ${i}` }));
      await producer.sendBatch({ topicMessages: topics.map(({ topic }) => ({ topic, messages })) });
    }
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
  return names;
}
