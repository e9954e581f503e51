import { setTimeout as delay } from "node:timers/promises";
import type { Message } from "kafkajs";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

/** Beyond what a double holds, a name twice, and markup that must stay text. */
export const DOCUMENT =
  '{"id":9007199254740993,"amount":{"minor":1200,"currency":"EUR"},"note":"first","note":"second","html":"<b>bold</b>"}';
export const HOSTILE = '<img src="x" onerror="window.hacked=1"><script>window.hacked=1</script>';
export const BINARY = Buffer.from([0x00, 0xff, 0xfe, 0x4b, 0x61, 0x66, 0x6b, 0x61]);

/** Offsets of partition 0 of `specialTopic`. */
export const at = {
  document: 0,
  tombstone: 1,
  empty: 2,
  binary: 3,
  headers: 4,
  hostile: 5,
  aborted: 6,
  marker: 7,
  last: 8,
};

const messages: Message[] = [
  { key: "ord_8f3k2", value: DOCUMENT, headers: { "trace-id": "4bf92f35" } },
  { key: "ord_8f3k2", value: null },
  { key: "ord_8f3k2", value: "" },
  { key: BINARY, value: BINARY },
  { key: null, value: "plain text", headers: { via: ["gateway", "checkout"], signature: BINARY } },
  { key: HOSTILE, value: JSON.stringify({ [HOSTILE]: HOSTILE }), headers: { [HOSTILE]: HOSTILE } },
];

/** A topic of one partition with what messages can be like; see `at`. */
export async function specialTopic(topics: TestTopics): Promise<string> {
  const topic = await topics.create({ prefix: "special", partitions: 1, replicationFactor: 3 });
  await topics.send(
    topic,
    messages.map((message) => ({ ...message, partition: 0 })),
  );
  const producer = await topics.transactionalProducer();
  const transaction = await producer.transaction();
  await transaction.send({ topic, messages: [{ key: "ord_8f3k2", value: "never happened", partition: 0 }] });
  await transaction.abort();
  await markerIsWritten(topics, topic);
  await topics.send(topic, [{ key: "last", value: "the last one", partition: 0 }]);
  return topic;
}

const MARKER_DEADLINE_MS = 10_000;
const POLL_MS = 20;

/** The coordinator answers before it has told the partitions. */
async function markerIsWritten(topics: TestTopics, topic: string): Promise<void> {
  const admin = topics.kafka.admin();
  await admin.connect();
  try {
    for (const until = Date.now() + MARKER_DEADLINE_MS; Date.now() < until; await delay(POLL_MS)) {
      const [partition] = await admin.fetchTopicOffsets(topic);
      if (Number(partition?.high) > at.marker) return;
    }
    throw new Error(`${topic} has no marker after ${MARKER_DEADLINE_MS} ms.`);
  } finally {
    await admin.disconnect();
  }
}

/** Room for messages that a broker refuses by default. */
export async function topicOfLargeMessages(topics: TestTopics): Promise<string> {
  return topics.create({
    prefix: "large",
    partitions: 1,
    replicationFactor: 3,
    configs: { "max.message.bytes": "12000000" },
  });
}
