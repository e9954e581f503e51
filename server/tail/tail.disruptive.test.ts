import type { Producer } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pidOfBroker } from "#scripts/testing/broker-process.ts";
import type { OpenedTail } from "#scripts/testing/open-tail.ts";
import { TailRoutes } from "#scripts/testing/tail-routes.ts";
import { startTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";

const VICTIM = 2;
const BEFORE = 300;
const topics = new TestTopics();
const routes = new TailRoutes();
let producer: Producer;

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
  producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
}, 120_000);

afterAll(async () => {
  await startTestBroker(testCluster(), VICTIM);
  await waitTestClusterHealthy(testCluster());
  await producer.disconnect();
  await routes.close();
  await topics.close();
}, 120_000);

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
  let number = 0;
  /** Where the brokers say they put them: kafkajs drops in silence what it knows no leader for. */
  const acknowledged: string[] = [];
  const production = (async () => {
    while (producing) {
      const messages = [0, 1, 2].map((partition) => ({ partition, value: String(number++) }));
      const answers = await producer.send({ topic, messages, acks: -1 }).catch(() => []);
      for (const { partition, baseOffset } of answers) acknowledged.push(`${partition}@${baseOffset}`);
    }
  })();
  await tail.until("messages", ({ messages }) => messages.length > BEFORE);
  process.kill(pidOfBroker(VICTIM), "SIGKILL");
  await tail.until("what can't be read", ({ stats }) => (stats?.waiting?.partitions ?? 0) > 0, 30_000);
  const seen = tail.messages.length;
  await tail.until("messages from the others", ({ messages }) => messages.length > seen + BEFORE, 60_000);
  await startTestBroker(testCluster(), VICTIM);
  await waitTestClusterHealthy(testCluster());
  await tail.until("all is read again", ({ stats }) => stats?.waiting === null, 60_000);
  producing = false;
  await production;
  const placed = ({ messages }: OpenedTail) =>
    messages.map(({ partition, offset, value }) => `${partition}@${offset}=${value}`).sort();
  // What the log holds, read by somebody who comes later.
  const fresh = await routes.tail({ topics: topic, from: "earliest" });
  await fresh.until("the end of the log", ({ stats }) => stats?.behind === "0");
  const stored = new Set(fresh.messages.map(({ partition, offset }) => `${partition}@${offset}`));
  expect(acknowledged.filter((place) => !stored.has(place))).toEqual([]);
  await tail.until("the same", ({ messages }) => messages.length >= fresh.messages.length);
  expect(placed(tail)).toEqual(placed(fresh));
  expect(tail.faults).toEqual([]);
  expect(tail.told("end")).toEqual([]);
});
