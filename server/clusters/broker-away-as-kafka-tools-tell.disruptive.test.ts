import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { readLivePidFile } from "#scripts/processes/pid-file.ts";
import { configAsPrinted } from "#scripts/testing/config-as-printed.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { startTestBroker, stopTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getBrokerConfigs } from "../brokers/get-broker-configs.ts";
import { getTopic } from "../topics/get-topic.ts";
import { getTopicConfigs } from "../topics/get-topic-configs.ts";
import { listTopics } from "../topics/list-topics.ts";
import { getOverview } from "./get-overview.ts";

const AWAY = 2;
/** A broker that stops says so; of one that was killed the controller hears nothing until its session ends (9 s). */
const STOPPED_SEEN_WITHIN_MS = 5_000;
const KILLED_SEEN_WITHIN_MS = 20_000;
/** The tools and Tailrace ask one after the other, while replicas may still be moving. */
const AGREE_WITHIN_MS = 30_000;

const topics = new TestTopics();
/** Without the launcher, which knows of its own processes: all is told by Kafka. */
const { ctx, close } = serviceContext({ settings: { local: null } });
const noInput = { params: { cluster: "test" }, query: {}, body: undefined };
const about = (topic: string) => ({ params: { cluster: "test", topic }, query: {}, body: undefined });
let replicated: string;
let single: string;

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
  const assignment = [
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ];
  replicated = await topics.create({ assignment, configs: { "retention.ms": "7200000" } });
  single = await topics.create({ assignment: [[AWAY]] });
  await topics.send(
    replicated,
    Array.from({ length: 50 }, (_, n) => ({ key: `${n}`, value: `value ${n}` })),
  );
}, 120_000);

afterAll(async () => {
  await startTestBroker(testCluster(), AWAY);
  await waitTestClusterHealthy(testCluster());
  await close();
  await topics.close();
}, 120_000);

async function tool(className: string, ...args: string[]): Promise<string> {
  const { stdout } = await runTool(className, ["--bootstrap-server", testCluster().bootstrap.join(","), ...args]);
  return stdout;
}

interface PrintedPartition {
  readonly topic: string;
  readonly text: readonly [partition: number, leader: number | null, replicas: string, isr: string];
}

async function printedPartitions(...args: string[]): Promise<PrintedPartition[]> {
  const printed = await tool("org.apache.kafka.tools.TopicCommand", "--describe", ...args);
  const lines = /Topic: (\S+)\s+Partition: (\d+)\s+Leader: (\S+)\s+Replicas: (\S+)\s+Isr: ?(\S*)/g;
  return Array.from(printed.matchAll(lines), ([, topic = "", partition, leader, replicas = "", isr = ""]) => ({
    topic,
    text: [Number(partition), leader === "none" ? null : Number(leader), replicas, isr],
  }));
}

async function sameTopicsAsPrinted(): Promise<void> {
  const printed = await printedPartitions();
  const { topics: listed } = await listTopics(ctx, noInput);
  const { partitions } = await getOverview(ctx, noInput);
  const counts = new Map<string, number>();
  for (const { topic } of printed) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  expect(new Map(listed.map(({ name, partitionCount }) => [name, partitionCount]))).toEqual(counts);
  const offline = printed.filter(({ text: [, leader] }) => leader === null);
  const behind = printed.filter(
    ({ text: [, leader, replicas, isr] }) => leader !== null && isr.length < replicas.length,
  );
  expect(partitions).toMatchObject({
    total: printed.length,
    offline: offline.length,
    underReplicated: behind.length,
  });
  for (const name of [replicated, single]) {
    const told = (await getTopic(ctx, about(name))).partitions;
    expect(told.map((one) => [one.partition, one.leader, one.replicas.join(), one.isr.join()])).toEqual(
      printed.filter(({ topic }) => topic === name).map(({ text }) => text),
    );
  }
}

async function sameOffsetsAndSizesAsPrinted(): Promise<void> {
  const { partitions } = await getTopic(ctx, about(replicated));
  const offsets = await tool("org.apache.kafka.tools.GetOffsetShell", "--topic", replicated, "--time", "-1");
  expect(partitions.map(({ partition, highWatermark }) => `${replicated}:${partition}:${highWatermark}`)).toEqual(
    offsets.trim().split("\n"),
  );
  const printed = await tool("org.apache.kafka.tools.LogDirsCommand", "--describe", "--topic-list", replicated);
  const { brokers } = JSON.parse(/^\{.*\}$/m.exec(printed)?.[0] ?? "{}") as {
    brokers: { broker: number; logDirs: { partitions: { partition: string; size: number }[] }[] }[];
  };
  const sizeOn = (broker: number | null, partition: number) =>
    brokers
      .find((one) => one.broker === broker)
      ?.logDirs.flatMap((dir) => dir.partitions)
      .find((one) => one.partition === `${replicated}-${partition}`)?.size;
  expect(partitions.map(({ sizeBytes }) => Number(sizeBytes))).toEqual(
    partitions.map(({ leader, partition }) => sizeOn(leader, partition)),
  );
}

async function sameConfigsAsPrinted(): Promise<void> {
  const ofEntity = async (type: string, name: string) =>
    (await tool("kafka.admin.ConfigCommand", "--describe", "--all", "--entity-type", type, "--entity-name", name))
      .split("\n")
      .filter((line) => line.startsWith("  "));
  const topic = await getTopicConfigs(ctx, about(replicated));
  expect(topic.configs.map(configAsPrinted)).toEqual(await ofEntity("topics", replicated));
  const broker = await getBrokerConfigs(ctx, { params: { cluster: "test", brokerId: 1 }, query: {}, body: undefined });
  expect(broker.configs.map(configAsPrinted)).toEqual(await ofEntity("brokers", "1"));
}

async function agreesWithKafkasTools(): Promise<void> {
  for (const same of [sameTopicsAsPrinted, sameOffsetsAndSizesAsPrinted, sameConfigsAsPrinted]) {
    await vi.waitFor(same, { timeout: AGREE_WITHIN_MS });
  }
}

async function seenDownWithin(ms: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const { brokers, partitions } = await getOverview(ctx, noInput);
      expect(brokers.map(({ id, state, process }) => [id, state, process])).toEqual([
        [1, "up", null],
        [2, "down", null],
        [3, "up", null],
      ]);
      expect(partitions.offline).toBeGreaterThan(0);
    },
    { timeout: ms, interval: 50 },
  );
}

async function startsAgain(): Promise<void> {
  await startTestBroker(testCluster(), AWAY);
  await waitTestClusterHealthy(testCluster());
  await vi.waitFor(
    async () => {
      const { brokersUp, partitions } = await getOverview(ctx, noInput);
      expect([brokersUp, partitions.offline, partitions.underReplicated]).toEqual([3, 0, 0]);
    },
    { timeout: AGREE_WITHIN_MS, interval: 100 },
  );
}

test("a broker that is stopped, and started again: all is as Kafka's own tools print it, told by Kafka alone", async () => {
  await stopTestBroker(testCluster(), AWAY);
  await seenDownWithin(STOPPED_SEEN_WITHIN_MS);
  await agreesWithKafkasTools();
  await startsAgain();
  await agreesWithKafkasTools();
});

test("a broker that is killed is seen when its session ends; nothing differs from Kafka's own tools, then and healed", async () => {
  const logDir = testCluster().brokers.find(({ id }) => id === AWAY)?.logDir ?? "";
  const broker = readLivePidFile(join(dirname(logDir), "broker.pid"));
  if (!broker) throw new Error(`no process of broker ${AWAY} beside ${logDir}`);
  process.kill(broker.pid, "SIGKILL");
  await seenDownWithin(KILLED_SEEN_WITHIN_MS);
  await agreesWithKafkasTools();
  await startsAgain();
  await agreesWithKafkasTools();
});
