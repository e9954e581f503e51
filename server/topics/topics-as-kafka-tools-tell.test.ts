import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { configAsPrinted } from "#scripts/testing/config-as-printed.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getOverview } from "../clusters/get-overview.ts";
import { getTopic } from "./get-topic.ts";
import { getTopicConfigs } from "./get-topic-configs.ts";
import { listTopicConfigDefinitions } from "./list-topic-config-definitions.ts";
import { listTopicConfigs } from "./list-topic-configs.ts";
import { listTopicRates } from "./list-topic-rates.ts";
import { listTopicSizes } from "./list-topic-sizes.ts";
import { listTopics } from "./list-topics.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const noInput = { params: { cluster: "test" }, query: {}, body: undefined };
const about = (topic: string) => ({ params: { cluster: "test", topic }, query: {}, body: undefined });

let orders: string;
let compacted: string;
let transactional: string;
let abort: () => Promise<void>;

beforeAll(async () => {
  orders = await topics.create({
    partitions: 4,
    configs: { "retention.ms": "7200000", "segment.bytes": "1048576" },
  });
  compacted = await topics.create({ replicationFactor: 1, configs: { "cleanup.policy": "compact" } });
  transactional = await topics.create({ partitions: 1 });
  const messages = Array.from({ length: 50 }, (_, n) => ({ key: `key-${n}`, value: `value ${n}` }));
  await topics.send(orders, messages);
  await topics.send(compacted, [...messages, { key: "key-1", value: null }]);
  const admin = topics.kafka.admin();
  await admin.connect();
  // kafkajs finds a partition's leader only of a topic that it has asked about before.
  await admin.fetchTopicOffsets(orders);
  await admin.deleteTopicRecords({ topic: orders, partitions: [{ partition: 0, offset: "2" }] });
  await admin.disconnect();
  const producer = await topics.transactionalProducer();
  const committed = await producer.transaction();
  await committed.send({ topic: transactional, messages: messages.slice(0, 2) });
  await committed.commit();
  const aborted = await producer.transaction();
  await aborted.send({ topic: transactional, messages: messages.slice(0, 3) });
  await aborted.abort();
  const hanging = await producer.transaction();
  await hanging.send({ topic: transactional, messages: messages.slice(0, 4) });
  abort = () => hanging.abort();
});

afterAll(async () => {
  await abort?.();
  await close();
  await topics.close();
});

async function tool(className: string, ...args: string[]): Promise<string> {
  const { stdout } = await runTool(className, ["--bootstrap-server", testCluster().bootstrap.join(","), ...args]);
  return stdout;
}

test("partitions, leaders, replicas, ISR and topic id are what TopicCommand --describe prints", async () => {
  for (const name of [orders, compacted, transactional]) {
    const printed = await tool("org.apache.kafka.tools.TopicCommand", "--describe", "--topic", name);
    const { topicId, partitions } = await getTopic(ctx, about(name));
    expect(/TopicId: (\S+)/.exec(printed)?.[1]).toBe(topicId);
    const lines = [...printed.matchAll(/Partition: (\d+)\s+Leader: (\d+)\s+Replicas: (\S+)\s+Isr: (\S+)/g)];
    expect(partitions.map((one) => [one.partition, one.leader, one.replicas.join(), one.isr.join()])).toEqual(
      lines.map(([, partition, leader, replicas, isr]) => [Number(partition), Number(leader), replicas, isr]),
    );
    expect(partitions.length).toBeGreaterThan(0);
  }
});

test("the list has every topic that TopicCommand --list prints, with partitions and replication", async () => {
  const printed = async () =>
    new Set((await tool("org.apache.kafka.tools.TopicCommand", "--list")).split("\n").filter(Boolean));
  const before = await printed();
  const { topics: listed, missing } = await listTopics(ctx, noInput);
  const after = await printed();
  // Other tests create and delete topics meanwhile: those that were there all the time are.
  const names = new Set(listed.map(({ name }) => name));
  expect([...before].filter((name) => after.has(name) && !names.has(name))).toEqual([]);
  expect([...names].filter((name) => !before.has(name) && !after.has(name))).toEqual([]);
  expect(names.size).toBe(listed.length);
  const mine = listed.filter(({ name }) => [orders, compacted, transactional].includes(name));
  expect(Object.fromEntries(mine.map((one) => [one.name, [one.partitionCount, one.replicationFactor]]))).toEqual({
    [orders]: [4, 3],
    [compacted]: [3, 1],
    [transactional]: [1, 3],
  });
  expect(missing).toEqual([]);
});

test("log start offsets and high watermarks are what GetOffsetShell prints", async () => {
  const shell = async (time: string) =>
    Object.fromEntries(
      (await tool("org.apache.kafka.tools.GetOffsetShell", "--topic", orders, "--time", time))
        .trim()
        .split("\n")
        .map((line) => line.split(":").slice(1)),
    );
  const { partitions } = await getTopic(ctx, about(orders));
  const column = (of: "logStartOffset" | "highWatermark") =>
    Object.fromEntries(partitions.map((one) => [one.partition, one[of]]));
  expect(column("logStartOffset")).toEqual(await shell("-2"));
  expect(column("highWatermark")).toEqual(await shell("-1"));
  expect(partitions[0]?.logStartOffset).toBe("2");
});

test("the list's message count is the sum over the partitions", async () => {
  const { topics: listed } = await listTopics(ctx, noInput);
  const { partitions } = await getTopic(ctx, about(orders));
  const sum = partitions.reduce(
    (total, one) => total + BigInt(one.highWatermark ?? 0) - BigInt(one.logStartOffset ?? 0),
    0n,
  );
  expect(listed.find(({ name }) => name === orders)?.messages).toBe(sum.toString());
  expect(sum).toBe(48n);
});

test("while a transaction is open the last stable offset stays before it; markers and aborted records count as offsets", async () => {
  const { partitions } = await getTopic(ctx, about(transactional));
  // 2 records + commit marker, 3 + abort marker, then 4 in the open transaction.
  expect(partitions[0]).toMatchObject({ logStartOffset: "0", lastStableOffset: "7", highWatermark: "11" });
});

test("a topic's configs are what ConfigCommand --describe --all prints: value, source, synonyms", async () => {
  const printed = await tool(
    "kafka.admin.ConfigCommand",
    ...["--describe", "--all", "--entity-type", "topics", "--entity-name", orders],
  );
  const { configs } = await getTopicConfigs(ctx, about(orders));
  expect(configs.map(configAsPrinted)).toEqual(printed.split("\n").filter((line) => line.startsWith("  ")));
  const changed = configs.filter(({ source }) => source === "topic").map(({ name, value }) => `${name}=${value}`);
  expect(changed).toEqual(["retention.ms=7200000", "segment.bytes=1048576"]);
  const retention = configs.find(({ name }) => name === "retention.ms");
  expect(retention).toMatchObject({ type: "long", isDefault: false, readOnly: false });
  expect(retention?.documentation).toContain("retain");
});

test("the list's configs differ from the common ones exactly where the topics do", async () => {
  const { common, topics: differing, missing } = await listTopicConfigs(ctx, noInput);
  expect(missing).toEqual([]);
  expect({ ...common, ...differing[orders] }).toMatchObject({ cleanupPolicy: "delete", retentionMs: "7200000" });
  expect({ ...common, ...differing[compacted] }).toMatchObject({ cleanupPolicy: "compact" });
});

test("a topic whose cleanup.policy is empty has the configs that it has", async () => {
  const kept = await topics.create({ partitions: 1, configs: { "cleanup.policy": "", "retention.ms": "7200000" } });
  ctx.state.forget();
  const { common, topics: differing } = await listTopicConfigs(ctx, noInput);
  expect({ ...common, ...differing[kept] }).toMatchObject({ cleanupPolicy: "", retentionMs: "7200000" });
  expect(differing[kept]).not.toBeNull();
  expect(await getTopic(ctx, about(kept))).toMatchObject({ cleanupPolicy: "", missing: [] });
});

test("sizes are what LogDirsCommand prints: per leader on the topic, summed over all replicas in the list", async () => {
  await vi.waitFor(
    async () => {
      const printed = await tool("org.apache.kafka.tools.LogDirsCommand", "--describe", "--topic-list", orders);
      const sizes = replicaSizes(printed);
      const { partitions } = await getTopic(ctx, about(orders));
      expect(partitions.map(({ leader, partition, sizeBytes }) => [leader, partition, sizeBytes])).toEqual(
        partitions.map(({ leader, partition }) => [leader, partition, sizes.get(`${leader} ${orders}-${partition}`)]),
      );
      ctx.state.logDirs.forget();
      const { sizes: listed } = await listTopicSizes(ctx, noInput);
      expect(BigInt(listed[orders] ?? -1)).toBe([...sizes.values()].reduce((sum, size) => sum + BigInt(size), 0n));
      expect(BigInt(listed[orders] ?? 0)).toBeGreaterThan(1_000n);
    },
    { timeout: 15_000 },
  );
});

/** "broker topic-partition" → bytes, as text. */
function replicaSizes(printed: string): Map<string, string> {
  const json = /^\{.*\}$/m.exec(printed)?.[0] ?? "{}";
  const { brokers } = JSON.parse(json) as {
    brokers: { broker: number; logDirs: { partitions: { partition: string; size: number }[] }[] }[];
  };
  return new Map(
    brokers.flatMap(({ broker, logDirs }) =>
      logDirs.flatMap(({ partitions }) =>
        partitions.map(({ partition, size }) => [`${broker} ${partition}`, String(size)] as const),
      ),
    ),
  );
}

test("cleanup policy and min.insync.replicas stand on the topic's own page", async () => {
  expect(await getTopic(ctx, about(compacted))).toMatchObject({
    cleanupPolicy: "compact",
    missing: [],
    internal: false,
  });
});

test("a topic with fewer replicas than min.insync.replicas still accepts acks=all: it is not told as refusing", async () => {
  const single = await topics.create({
    partitions: 1,
    replicationFactor: 1,
    configs: { "min.insync.replicas": "2" },
  });
  await topics.send(single, [{ value: "acks=all is kafkajs' default" }]);
  const { partitions, minInsyncReplicas } = await getTopic(ctx, about(single));
  expect([partitions[0]?.highWatermark, minInsyncReplicas]).toEqual(["1", 2]);
  const { problems } = await getOverview(ctx, noInput);
  expect(problems.filter(({ target }) => target !== null && "topic" in target && target.topic === single)).toEqual([]);
});

test("a topic that isn't there is named", async () => {
  const missing = topics.name("missing");
  await expect(getTopic(ctx, about(missing))).rejects.toMatchObject({
    code: "topic-not-found",
    message: expect.stringContaining(missing),
  });
  await expect(getTopicConfigs(ctx, about(missing))).rejects.toMatchObject({ code: "topic-not-found" });
});

test("a new topic's possible configs have this cluster's defaults, not those of the topic that was looked at", async () => {
  const { definitions, defaultPartitions, defaultReplicationFactor, missing } = await listTopicConfigDefinitions(
    ctx,
    noInput,
  );
  const { configs } = await getTopicConfigs(ctx, about(transactional));
  expect(missing).toEqual([]);
  expect(definitions.map(({ name, value, source }) => [name, value, source])).toEqual(
    configs.map(({ name, value, source }) => [name, value, source]),
  );
  expect(definitions.every(({ documentation, type }) => documentation !== null && type !== "unknown")).toBe(true);
  expect([defaultPartitions, defaultReplicationFactor].every((count) => Number(count) >= 1)).toBe(true);
});

test("a topic that is written to has a rate, one that is not has none", async () => {
  await listTopicRates(ctx, noInput);
  await vi.waitFor(
    async () => {
      await topics.send(orders, [{ key: "k", value: "v" }]);
      const { rates, atMs, sinceMs } = await listTopicRates(ctx, noInput);
      expect(atMs.length).toBeGreaterThanOrEqual(1);
      expect(sinceMs).toBeLessThan(atMs[0] ?? 0);
      expect(rates[orders]?.at(-1)).toBeGreaterThan(0);
      expect(rates[compacted]).toBeUndefined();
    },
    { timeout: 20_000, interval: 250 },
  );
});
