import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Producer } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { TailRoutes } from "#scripts/testing/tail-routes.ts";
import { startTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";

const VICTIM = 2;
const BEFORE = 300;
const topics = new TestTopics();
const routes = new TailRoutes();
const pidFile = z.object({ pid: z.number() });
let producer: Producer;

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
  producer = topics.kafka.producer({ allowAutoTopicCreation: false, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
}, 120_000);

afterAll(async () => {
  await startTestBroker(testCluster(), VICTIM);
  await waitTestClusterHealthy(testCluster());
  await producer.disconnect();
  await routes.close();
  await topics.close();
}, 120_000);

/** Of the process that the test cluster's holder wrote down for this broker. */
function pidOf(id: number): number {
  const broker = testCluster().brokers.find((one) => one.id === id);
  if (broker === undefined) throw new Error(`no broker ${id}`);
  return pidFile.parse(JSON.parse(readFileSync(join(dirname(broker.logDir), "broker.pid"), "utf8"))).pid;
}

test("a broker is killed and comes back: all messages once; what can't be read is told, and told to be over", async () => {
  const topic = await topics.create({
    assignment: [
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
    ],
    configs: { "min.insync.replicas": "2" },
  });
  // Nobody else can lead it.
  const single = await topics.create({ assignment: [[VICTIM]] });
  const tail = await routes.tail({ topics: `${topic},${single}` });
  let producing = true;
  let sent = 0;
  const production = (async () => {
    while (producing) {
      const messages = [0, 1, 2].map((partition) => ({ partition, value: String(sent + partition) }));
      const done = await producer.send({ topic, messages, acks: -1 }).catch(() => null);
      if (done !== null) sent += 3;
    }
  })();
  await tail.until("messages", ({ messages }) => messages.length > BEFORE);
  process.kill(pidOf(VICTIM), "SIGKILL");
  await tail.until("what can't be read", ({ stats }) => (stats?.waiting?.partitions ?? 0) > 0, 30_000);
  const seen = tail.messages.length;
  await tail.until("messages from the others", ({ messages }) => messages.length > seen + BEFORE, 60_000);
  await startTestBroker(testCluster(), VICTIM);
  await waitTestClusterHealthy(testCluster());
  await tail.until("all is read again", ({ stats }) => stats?.waiting === null, 60_000);
  producing = false;
  await production;
  await tail.until("all messages", ({ messages }) => new Set(messages.map(({ value }) => value)).size >= sent, 60_000);
  const values = tail.messages.map(({ value }) => Number(value)).sort((a, b) => a - b);
  // An idempotent producer stores each once; each is seen once.
  expect(new Set(values).size).toBe(values.length);
  expect(tail.faults).toEqual([]);
  expect(tail.told("end")).toEqual([]);
});
