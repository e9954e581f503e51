import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { startTestBroker, stopTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getBroker } from "../brokers/get-broker.ts";
import { getBrokerConfigs } from "../brokers/get-broker-configs.ts";
import { listBrokers } from "../brokers/list-brokers.ts";
import { setBrokerProcess } from "../brokers/set-broker-process.ts";
import { getTopic } from "../topics/get-topic.ts";
import { listTopicConfigs } from "../topics/list-topic-configs.ts";
import { listTopicSizes } from "../topics/list-topic-sizes.ts";
import { listTopics } from "../topics/list-topics.ts";
import { getOverview } from "./get-overview.ts";

const AWAY = 2;
const SEEN_WITHIN_MS = 5_000;
/** Of each answer while a broker is away, on a machine that is busy with tests: it waits for 2 s, a broker that is silent for 8 s. */
const ANSWERS_WITHIN_MS = 6_000;
/** Kafka's own part of it: elections, replicas that fetch again. */
const KAFKA_WITHIN_MS = 30_000;

const assignment = [
  [1, 2, 3],
  [2, 3, 1],
  [3, 1, 2],
];
const topics = new TestTopics();
const { ctx, close } = serviceContext();
const noInput = { params: { cluster: "test" }, query: {}, body: undefined };
const about = (topic: string) => ({ params: { cluster: "test", topic }, query: {}, body: undefined });
let replicated: string;
let strict: string;
let single: string;

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
  replicated = await topics.create({ assignment, configs: { "min.insync.replicas": "1" } });
  strict = await topics.create({ assignment, configs: { "min.insync.replicas": "3" } });
  single = await topics.create({ assignment: [[AWAY]] });
  await topics.send(replicated, [{ value: "a" }, { value: "b" }]);
  await getOverview(ctx, noInput);
}, 120_000);

afterAll(async () => {
  await startTestBroker(testCluster(), AWAY);
  await waitTestClusterHealthy(testCluster());
  await close();
  await topics.close();
}, 120_000);

test("a stopped broker is seen within 5 s, named, and blanks nothing; started again, all heals", async () => {
  const healthy = await getOverview(ctx, noInput);
  expect(healthy.problems.filter(({ severity }) => severity === "critical")).toEqual([]);

  const stopping = stopTestBroker(testCluster(), AWAY);
  await stopping;
  const stoppedAt = Date.now();
  const overview = await vi.waitFor(
    async () => {
      const now = await getOverview(ctx, noInput);
      expect(now.brokers.find(({ id }) => id === AWAY)?.state).toBe("down");
      expect(now.partitions.underReplicated).toBeGreaterThanOrEqual(6);
      return now;
    },
    { timeout: SEEN_WITHIN_MS, interval: 50 },
  );
  expect(Date.now() - stoppedAt).toBeLessThan(SEEN_WITHIN_MS);
  expect([overview.brokersUp, overview.brokersExpected]).toEqual([2, 3]);
  expect(overview.verdict.severity).toBe("critical");
  expect(sentenceText(overview.verdict.title)).toMatch(/^Broker 2 is down\. 1 partition is offline/);
  const told = overview.problems.map(({ title, detail }) => `${sentenceText(title)} ${sentenceText(detail)}`);
  expect(told[0]).toMatch(
    /^Broker 2 is down\. It held a replica of \d+ partitions and led \d+; \d+ of those (has|have) a new leader\. It was stopped from here: start it again\.$/,
  );
  expect(told[1]).toBe(
    `1 partition is offline: ${single}-0. Its only replica is on broker 2 (replication factor 1). Nothing can be read or written there until it returns.`,
  );
  expect(told).toContainEqual(
    expect.stringContaining(
      `${strict} refuses writes with acks=all on all 3 partitions. Partitions 0, 1 and 2 have 2 of 3`,
    ),
  );
  expect(told.at(-1)).toMatch(/partitions are under-replicated\. Broker 2 is down/);
  expect(overview.problems.every(({ sinceMs }) => sinceMs !== null && sinceMs >= healthy.observedAtMs)).toBe(true);

  // A new leader tells its high watermark only once the replica in sync has fetched from it.
  await vi.waitFor(
    async () => {
      const { topics: listed } = await listTopics(ctx, noInput);
      expect(listed.find(({ name }) => name === replicated)?.messages).toBe("2");
    },
    { timeout: KAFKA_WITHIN_MS },
  );
  ctx.state.forget();
  const answers = await timed(() =>
    Promise.all([
      listTopics(ctx, noInput),
      listTopicSizes(ctx, noInput),
      listTopicConfigs(ctx, noInput),
      getTopic(ctx, about(replicated)),
      getTopic(ctx, about(single)),
      listBrokers(ctx, noInput),
      getBroker(ctx, { params: { cluster: "test", brokerId: AWAY }, query: {}, body: undefined }),
    ]),
  );
  const [listed, sizes, configs, topic, offline, brokers, broker] = answers;
  expect(listed.topics.find(({ name }) => name === replicated)).toMatchObject({
    messages: "2",
    underReplicated: 3,
    isrByPartition: "222",
  });
  expect(listed.topics.find(({ name }) => name === single)).toMatchObject({ messages: null, offline: 1 });
  // Two of three replicas answered: that is not its size.
  expect(sizes.sizes[replicated]).toBeUndefined();
  expect(BigInt(sizes.atLeast?.[replicated] ?? 0)).toBeGreaterThan(0n);
  expect(sizes.missing).toContainEqual(expect.objectContaining({ part: "sizes on broker 2", brokerId: AWAY }));
  expect(configs.missing).toEqual([]);
  expect(
    topic.partitions.map(({ leader, isr, sizeBytes }) => [leader !== AWAY, isr.length, sizeBytes !== null]),
  ).toEqual(Array.from({ length: 3 }, () => [true, 2, true]));
  expect(offline.partitions[0]).toMatchObject({ leader: null, highWatermark: null, sizeBytes: null });
  expect(brokers.missing.find(({ brokerId }) => brokerId === AWAY)).toMatchObject({
    part: "sizes on broker 2",
    code: "broker-unreachable",
  });
  expect(broker.broker).toMatchObject({ state: "down", process: "stopped", port: testCluster().brokers[1]?.port });
  await expect(
    getBrokerConfigs(ctx, { params: { cluster: "test", brokerId: AWAY }, query: {}, body: undefined }),
  ).rejects.toMatchObject({ code: "broker-unreachable", message: expect.stringContaining("Broker 2 is down") });
  await expect(
    setBrokerProcess(ctx, { params: { cluster: "test", brokerId: 3 }, query: {}, body: { state: "stopped" } }),
  ).rejects.toMatchObject({ code: "quorum-at-risk" });

  await setBrokerProcess(ctx, { params: { cluster: "test", brokerId: AWAY }, query: {}, body: { state: "running" } });
  await vi.waitFor(
    async () => {
      const now = await getOverview(ctx, noInput);
      expect(now.brokers.find(({ id }) => id === AWAY)).toMatchObject({ state: "up", process: "running" });
      expect(now.partitions).toMatchObject({ offline: 0, underMinIsr: 0, underReplicated: 0 });
    },
    { timeout: 60_000, interval: 200 },
  );
  const healed = await getOverview(ctx, noInput);
  expect(healed.problems.filter(({ kind }) => kind !== "disk" && kind !== "unread")).toEqual([]);
});

async function timed<T>(answer: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const value = await answer();
  expect(performance.now() - startedAt).toBeLessThan(ANSWERS_WITHIN_MS);
  return value;
}
