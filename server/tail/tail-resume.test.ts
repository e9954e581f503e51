import { afterAll, expect, test } from "vitest";
import { numbers, sorted, TailRoutes, valuesOf } from "#scripts/testing/tail-routes.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";

const topics = new TestTopics();
const routes = new TailRoutes();
afterAll(async () => {
  await routes.close();
  await topics.close();
});

const CUTS = 12;

test("a stream that is cut at any moment goes on from its merged positions: every message once", async () => {
  const topic = await topics.create();
  await topics.send(topic, numbers(0, 2_000));
  let sent = 2_000;
  let producing = true;
  const production = (async () => {
    while (producing) {
      await topics.send(topic, numbers(sent, 50));
      sent += 50;
    }
  })();
  const values: unknown[] = [];
  let tail = await routes.tail({ topics: topic, from: "earliest" });
  for (let cut = 0; cut < CUTS; cut++) {
    const some = Math.floor(Math.random() * 600);
    await tail.until("a moment to cut it", ({ messages }) => messages.length >= some);
    await tail.close();
    values.push(...tail.values);
    expect(tail.faults).toEqual([]);
    tail = await routes.resume({ topics: topic }, tail.positions.cursor() ?? "");
  }
  producing = false;
  await production;
  await tail.until("all", ({ messages }) => values.length + messages.length >= sent);
  values.push(...tail.values);
  expect(sorted(values)).toEqual(valuesOf(0, sent));
});

test("Last-Event-ID continues without a gap, repeating at most what came since that event", async () => {
  const topic = await topics.create({ partitions: 1, replicationFactor: 1 });
  const tail = await routes.tail({ topics: topic });
  await topics.send(topic, numbers(0, 10));
  await tail.until("the account of all", ({ stats }) => stats?.sent === 10);
  await tail.close();
  const id = tail.ids.at(-1) ?? "";
  expect(id).toMatch(new RegExp(`^${topic}=[\\w-]{22}:0@10$`));
  await topics.send(topic, numbers(10, 5));
  const resumed = await routes.opened(await routes.get({ topics: topic, from: "earliest" }, { "last-event-id": id }));
  await resumed.until("what came since", ({ messages }) => messages.length >= 5);
  expect(resumed.values).toEqual(valuesOf(10, 15));
});

test("a partition that was added while nobody looked is read from its beginning", async () => {
  const topic = await topics.create({ partitions: 1, replicationFactor: 1 });
  await topics.send(topic, numbers(0, 3));
  const tail = await routes.tail({ topics: topic, from: "earliest" });
  await tail.until("all", ({ messages }) => messages.length === 3);
  await tail.close();
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
  await admin.disconnect();
  const resumed = await routes.resume({ topics: topic }, tail.positions.cursor() ?? "");
  // The one that has sent before doesn't know of the new partition.
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({ topic, messages: numbers(3, 4).map((message) => ({ ...message, partition: 1 })) });
  await producer.disconnect();
  await resumed.until("the new partition", ({ messages }) => messages.length === 4);
  expect(resumed.values).toEqual(valuesOf(3, 7));
});
