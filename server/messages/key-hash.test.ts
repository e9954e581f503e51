import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { partitionOfKey } from "./key-hash.ts";
import { murmur2 } from "./murmur2.ts";

test("murmur2 is kafkajs', for any bytes", () => {
  const theirs: (key: Buffer) => number = createRequire(import.meta.url)(
    "kafkajs/src/producer/partitioners/default/murmur2.js",
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(murmur2(bytes)).toBe(theirs(Buffer.from(bytes)));
    }),
  );
});

test("a key's partition is the one that Java's producer chose", async () => {
  const topics = new TestTopics();
  try {
    const topic = await topics.create({ partitions: 7 });
    const { stdout } = await runTool("org.apache.kafka.tools.VerifiableProducer", [
      ...["--bootstrap-server", testCluster().bootstrap.join(","), "--topic", topic],
      ...["--max-messages", "1200", "--repeating-keys", "1200"],
    ]);
    const sent = stdout
      .split("\n")
      .filter((line) => line.includes("producer_send_success"))
      .map((line): { key: string; partition: number } => JSON.parse(line));
    expect(sent).toHaveLength(1_200);
    expect(sent.map(({ key }) => partitionOfKey("murmur2", Buffer.from(key), 7))).toEqual(
      sent.map(({ partition }) => partition),
    );
  } finally {
    await topics.close();
  }
});

// Printed by kcat 1.7.1 (librdkafka 2.0.2), which sent them to a topic of seven partitions.
test.each([
  ["customer/4711", 0],
  ["42", 3],
  ["π", 5],
  ["kafka", 6],
  ["order-1", 6],
])("crc32 sends %j where librdkafka does", (key, partition) => {
  expect(partitionOfKey("crc32", Buffer.from(key), 7)).toBe(partition);
});

test("librdkafka sends an empty key anywhere", () => {
  expect(partitionOfKey("crc32", Buffer.alloc(0), 7)).toBeNull();
  expect(partitionOfKey("murmur2", Buffer.alloc(0), 7)).toBe((murmur2(Buffer.alloc(0)) & 0x7fffffff) % 7);
});
