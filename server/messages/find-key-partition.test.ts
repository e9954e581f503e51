import { crc32 } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { findKeyPartition, hashOf } from "./find-key-partition.ts";
import { partitionOfKey } from "./key-hash.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
afterAll(async () => {
  await close();
  await topics.close();
});

const keys = Array.from({ length: 60 }, (_, n) => `order-${n}`);
const find = (topic: string, key: string) => findKeyPartition(ctx, topic, Buffer.from(key));

test("keys that Java's producer spread are found to be murmur2", async () => {
  const topic = await topics.create({ partitions: 5 });
  await runTool("org.apache.kafka.tools.VerifiableProducer", [
    ...["--bootstrap-server", testCluster().bootstrap.join(","), "--topic", topic],
    ...["--max-messages", "100", "--repeating-keys", "100"],
  ]);
  expect(await find(topic, "new")).toEqual({
    hash: "murmur2",
    partition: partitionOfKey("murmur2", Buffer.from("new"), 5),
  });
});

test("keys that kafkajs spread are found to be murmur2", async () => {
  const topic = await topics.create({ partitions: 3 });
  await topics.send(
    topic,
    keys.map((key) => ({ key, value: "v" })),
  );
  expect(await find(topic, "order-7")).toEqual({
    hash: "murmur2",
    partition: partitionOfKey("murmur2", Buffer.from("order-7"), 3),
  });
});

test("keys that lie where librdkafka puts them are found to be crc32; an empty key may lie anywhere", async () => {
  const topic = await topics.create({ partitions: 4 });
  await topics.send(
    topic,
    keys.map((key) => ({ key, value: "v", partition: crc32(key) % 4 })),
  );
  expect(await find(topic, "order-7")).toEqual({ hash: "crc32", partition: crc32("order-7") % 4 });
  expect(await find(topic, "")).toBeNull();
});

test("partitions that were added strand old keys: no hash is trusted, though all new keys agree with one", async () => {
  const topic = await topics.create({ partitions: 3 });
  await topics.send(
    topic,
    keys.map((key) => ({ key, value: "old" })),
  );
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
  await admin.disconnect();
  const placed = Array.from({ length: 600 }, (_, n) => `new-${n}`).map((key) => ({
    key,
    value: "new",
    partition: partitionOfKey("murmur2", Buffer.from(key), 5) ?? 0,
  }));
  await expect
    .poll(
      () =>
        topics.send(topic, placed).then(
          () => true,
          () => false,
        ),
      { timeout: 15_000 },
    )
    .toBe(true);
  expect(await find(topic, "order-7")).toBeNull();
});

test("foreign spreading, no keys, few keys, one partition: null", async () => {
  const foreign = await topics.create({ partitions: 3 });
  await topics.send(
    foreign,
    keys.map((key, n) => ({ key, value: "v", partition: n % 3 })),
  );
  expect(await find(foreign, "order-7")).toBeNull();
  const keyless = await topics.create({ partitions: 3 });
  await topics.send(
    keyless,
    keys.map((value) => ({ value })),
  );
  expect(await find(keyless, "order-7")).toBeNull();
  const few = await topics.create({ partitions: 3 });
  await topics.send(
    few,
    keys.slice(0, 4).map((key) => ({ key, value: "v" })),
  );
  expect(await find(few, "order-1")).toBeNull();
  const single = await topics.create({ partitions: 1 });
  await topics.send(
    single,
    keys.map((key) => ({ key, value: "v" })),
  );
  expect(await find(single, "order-1")).toBeNull();
});

test("one key of many that lies elsewhere is enough to doubt, and one key often is one key", () => {
  const found = keys.map((key) => ({
    key: Buffer.from(key),
    partition: partitionOfKey("murmur2", Buffer.from(key), 7) ?? 0,
  }));
  expect(hashOf(found, 7)).toBe("murmur2");
  expect(
    hashOf([...found, { key: Buffer.from("order-1"), partition: ((found[1]?.partition ?? 0) + 1) % 7 }], 7),
  ).toBeNull();
  const same = Array.from({ length: 100 }, () => found[0] ?? { key: Buffer.alloc(0), partition: 0 });
  expect(hashOf(same, 7)).toBeNull();
});

test("an unknown topic is named", async () => {
  await expect(find(topics.name("missing"), "k")).rejects.toMatchObject({ code: "topic-not-found" });
});
