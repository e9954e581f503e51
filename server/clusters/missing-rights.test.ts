import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getBrokerConfigs } from "../brokers/get-broker-configs.ts";
import { listBrokers } from "../brokers/list-brokers.ts";
import { createTopic } from "../topics/create-topic.ts";
import { getTopic } from "../topics/get-topic.ts";
import { getTopicConfigs } from "../topics/get-topic-configs.ts";
import { listTopicConfigs } from "../topics/list-topic-configs.ts";
import { listTopicSizes } from "../topics/list-topic-sizes.ts";
import { listTopics } from "../topics/list-topics.ts";
import { getOverview } from "./get-overview.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext({ as: "viewer" });
const noInput = { params: { cluster: "test" }, query: {}, body: undefined };
const about = (topic: string) => ({ params: { cluster: "test", topic }, query: {}, body: undefined });
let visible: string;
let hidden: string;

beforeAll(async () => {
  visible = await topics.create();
  hidden = await topics.create();
  await acl("--add");
  // Brokers learn of an ACL one after another.
  await vi.waitFor(async () => expect((await listTopics(ctx, noInput)).missing).toEqual([]), { timeout: 10_000 });
});
afterAll(async () => {
  await acl("--remove", "--force");
  await close();
  await topics.close();
});

/** The viewer may describe one topic, not its configs, and nothing of the cluster. */
async function acl(...act: string[]): Promise<void> {
  await runTool("org.apache.kafka.tools.AclCommand", [
    ...["--bootstrap-server", testCluster().bootstrap.join(",")],
    ...[...act, "--allow-principal", "User:viewer", "--operation", "Describe", "--topic", visible],
  ]);
}

test("topics: those the user may describe, with offsets; configs and sizes are missing by name", async () => {
  const { topics: listed } = await listTopics(ctx, noInput);
  expect(listed.find(({ name }) => name === visible)).toMatchObject({ messages: "0", partitionCount: 3 });
  expect(listed.some(({ name }) => name === hidden)).toBe(false);
  const configs = await listTopicConfigs(ctx, noInput);
  expect(configs.topics[visible]).toBeNull();
  expect(configs.missing[0]).toMatchObject({
    code: "kafka-forbidden",
    detail: expect.stringContaining(`needs DescribeConfigs on Topic ${visible}`),
  });
  const { sizes, missing } = await listTopicSizes(ctx, noInput);
  expect([sizes, missing.map(({ part, code }) => [part, code])]).toEqual([
    {},
    [["sizes and disks", "kafka-forbidden"]],
  ]);
  expect(missing[0]?.detail).toContain("needs Describe on Cluster kafka-cluster");
});

test("one topic: partitions and offsets stand, what is missing is named; a hidden one is told as forbidden", async () => {
  const topic = await getTopic(ctx, about(visible));
  expect(topic.partitions.every(({ highWatermark, sizeBytes }) => highWatermark === "0" && sizeBytes === null)).toBe(
    true,
  );
  expect(topic.missing.map(({ part }) => part).sort()).toEqual(["configs", "sizes and disks"]);
  await expect(getTopicConfigs(ctx, about(visible))).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining(`needs DescribeConfigs on Topic ${visible}`),
  });
  await expect(getTopic(ctx, about(hidden))).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining(`needs Describe on Topic ${hidden}`),
  });
});

test("brokers: addresses, leaders and replicas stand; quorum and disks are missing by name", async () => {
  const { brokers, missing } = await listBrokers(ctx, noInput);
  expect(brokers.map(({ id, state, sizeBytes, isController }) => [id, state, sizeBytes, isController])).toEqual([
    [1, "up", null, false],
    [2, "up", null, false],
    [3, "up", null, false],
  ]);
  expect(missing.map(({ part }) => part)).toEqual(["quorum", "sizes and disks"]);
  await expect(
    getBrokerConfigs(ctx, { params: { cluster: "test", brokerId: 1 }, query: {}, body: undefined }),
  ).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining("needs DescribeConfigs on Cluster kafka-cluster"),
  });
});

test("overview: answers what it can, claims nothing about writes, and says what it could not see", async () => {
  const overview = await getOverview(ctx, noInput);
  expect(overview).toMatchObject({
    controllerId: null,
    quorum: null,
    kafkaVersion: "4.3",
    brokersUp: 3,
    brokersExpected: 3,
  });
  expect(overview.clusterId).not.toBeNull();
  const unread = overview.problems.filter(({ kind }) => kind === "unread");
  expect(unread.length).toBe(1);
  expect(sentenceText(unread[0]?.title ?? [])).toMatch(/^This user may not see everything: quorum, sizes and disks/);
  expect(sentenceText(unread[0]?.detail ?? [])).toContain("Describe on Cluster kafka-cluster");
});

test("creating without the right names it", async () => {
  const body = {
    name: topics.name("forbidden"),
    partitions: 1,
    replicationFactor: 1,
    configs: {},
    dryRun: true,
  } as const;
  await expect(createTopic(ctx, { params: { cluster: "test" }, query: {}, body })).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining("Create on Topic"),
  });
});
