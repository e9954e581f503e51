import { randomBytes } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import { getTopicStorage as contract } from "#lib/contracts/topic-storage.ts";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { dumpLog } from "#scripts/testing/dump-log.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getTopicStorage } from "./get-topic-storage.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const [one = 1, two = 2] = testCluster().brokers.map(({ id }) => id);
const HOUR = 3_600_000;
afterAll(async () => {
  await close();
  await topics.close();
});

async function storage(topic: string) {
  const input = { params: { cluster: "test", topic }, query: {}, body: undefined };
  return contract.response.parse(await getTopicStorage(ctx, input));
}
const bytesOf = (count: number, timestampMs: number) =>
  Array.from({ length: count }, (_, index) => ({
    partition: index % 2,
    value: randomBytes(1_000),
    timestamp: String(timestampMs + index),
  }));

test("sizes are those that kafka-log-dirs prints, the oldest message the one that DumpLogSegments finds", async () => {
  const topic = await topics.create({
    assignment: [
      [one, two],
      [two, one],
    ],
    configs: { "segment.bytes": "1048576", "retention.ms": "-1" },
  });
  for (let round = 0; round < 6; round++) await topics.send(topic, bytesOf(500, 1_000_000 + round * 1_000));
  await vi.waitFor(async () =>
    expect((await storage(topic)).replicas.every(({ offsetLag }) => offsetLag === "0")).toBe(true),
  );
  const { replicas, retention, missing } = await storage(topic);
  expect(missing).toEqual([]);
  expect(retention).toMatchObject({ cleanupPolicy: "delete", retentionMs: "-1", tiered: false });
  expect(replicas.map(({ partition, brokerId, leader, inSync }) => [partition, brokerId, leader, inSync])).toEqual([
    [0, one, true, true],
    [0, two, false, true],
    [1, two, true, true],
    [1, one, false, true],
  ]);
  const { stdout } = await runTool("org.apache.kafka.tools.LogDirsCommand", [
    "--bootstrap-server",
    testCluster().bootstrap.join(","),
    "--describe",
    "--topic-list",
    topic,
  ]);
  const printed = JSON.parse(stdout.split("\n").find((line) => line.startsWith("{")) ?? "{}") as {
    brokers: { broker: number; logDirs: { partitions: { partition: string; size: number }[] }[] }[];
  };
  const sizes = printed.brokers.flatMap(({ broker, logDirs }) =>
    logDirs.flatMap(({ partitions }) =>
      partitions.map(({ partition, size }) => [`${partition} ${broker}`, String(size)]),
    ),
  );
  expect(
    Object.fromEntries(replicas.map((one_) => [`${topic}-${one_.partition} ${one_.brokerId}`, one_.sizeBytes])),
  ).toEqual(Object.fromEntries(sizes));
  for (const partition of [0, 1]) {
    const [first] = await dumpLog(topic, partition, one);
    expect(first?.baseOffset).toBe("0");
    const own = replicas.filter((replica) => replica.partition === partition);
    expect(own.map(({ oldestTimestampMs }) => oldestTimestampMs)).toEqual(own.map(() => String(1_000_000 + partition)));
    expect(own.every(({ segments, oldestIsDeleted }) => (segments ?? 0) > 1 && oldestIsDeleted === false)).toBe(true);
  }
});

test("what the next check frees is all of a log whose newest message is too old; else when it goes", async () => {
  const topic = await topics.create({ assignment: [[one], [two]], configs: { "retention.ms": String(HOUR) } });
  const sentAtMs = Date.now();
  await topics.send(topic, [{ partition: 1, value: "young", timestamp: String(sentAtMs) }]);
  // The broker's own check may come between: then there is more to free.
  await vi.waitFor(
    async () => {
      await topics.send(topic, [{ partition: 0, value: "old", timestamp: String(sentAtMs - 2 * HOUR) }]);
      const [old, young] = (await storage(topic)).replicas;
      expect(Number(old?.freesBytes)).toBeGreaterThan(0);
      expect(old).toMatchObject({ freesBytes: old?.sizeBytes, oldestTimestampMs: String(sentAtMs - 2 * HOUR) });
      expect(young).toMatchObject({ freesBytes: "0", nextGoesAtMs: sentAtMs + HOUR });
    },
    { timeout: 20_000, interval: 500 },
  );
});

test("what was deleted and still lies on disk is said to be", async () => {
  const topic = await topics.create({ assignment: [[one]], configs: { "retention.ms": "-1" } });
  await topics.send(
    topic,
    Array.from({ length: 10 }, (_, index) => ({ partition: 0, value: "x", timestamp: String(index + 1) })),
  );
  const admin = topics.kafka.admin();
  await admin.connect();
  await deleteBefore(admin, topic, 0, "5");
  await admin.disconnect();
  expect((await storage(topic)).replicas).toMatchObject([{ oldestTimestampMs: "1", oldestIsDeleted: true }]);
});

test("an empty topic: 0 bytes, no oldest message, nothing to free", async () => {
  const topic = await topics.create({ assignment: [[one]] });
  expect((await storage(topic)).replicas).toMatchObject([
    { sizeBytes: "0", segments: 1, oldestTimestampMs: null, freesBytes: "0", nextGoesAtMs: null },
  ]);
});
