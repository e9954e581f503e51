import type { Message } from "kafkajs";
import { afterAll, describe, expect, test, vi } from "vitest";
import { numbers, problemOf, sorted, TailRoutes, valuesOf } from "#scripts/testing/tail-routes.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";

const topics = new TestTopics();
const routes = new TailRoutes();
afterAll(async () => {
  await routes.close();
  await topics.close();
});

const CUTS = 12;

async function grow(topic: string, count: number): Promise<void> {
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic, count }] });
  await admin.disconnect();
}

/** By a producer of its own: one that has sent before doesn't know of new partitions. */
async function sendFresh(topic: string, messages: Message[]): Promise<void> {
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await vi.waitFor(() => producer.send({ topic, messages }), { timeout: 10_000 });
  await producer.disconnect();
}

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
  expect(id).toMatch(new RegExp(`^${topic}=[\\w-]{22}\\*1:0@10$`));
  await topics.send(topic, numbers(10, 5));
  const resumed = await routes.opened(await routes.get({ topics: topic, from: "earliest" }, { "last-event-id": id }));
  await resumed.until("what came since", ({ messages }) => messages.length >= 5);
  expect(resumed.values).toEqual(valuesOf(10, 15));
});

test("a cursor of another topic is refused: it would begin this one at places that nobody meant", async () => {
  const [topic, other] = [await topics.create(), await topics.create()];
  const tail = await routes.tail({ topics: other });
  const problem = await problemOf(await routes.post({ topics: topic }, tail.positions.cursor() ?? ""));
  expect(problem).toMatchObject({ code: "invalid-request", invalidParams: [{ path: "cursor" }] });
  expect(problem.detail).toContain(other);
});

test("a partition that was added while nobody looked is read from its beginning", async () => {
  const topic = await topics.create({ partitions: 1, replicationFactor: 1 });
  await topics.send(topic, numbers(0, 3));
  const tail = await routes.tail({ topics: topic, from: "earliest" });
  await tail.until("all", ({ messages }) => messages.length === 3);
  await tail.close();
  await grow(topic, 2);
  const resumed = await routes.resume({ topics: topic }, tail.positions.cursor() ?? "");
  await sendFresh(
    topic,
    numbers(3, 4).map((message) => ({ ...message, partition: 1 })),
  );
  await resumed.until("the new partition", ({ messages }) => messages.length === 4);
  expect(resumed.values).toEqual(valuesOf(3, 7));
});

test("a pattern that matched nothing yet goes on too: what appeared meanwhile is read from its beginning", async () => {
  const prefix = topics.name("later");
  const tail = await routes.tail({ pattern: `^${prefix}` });
  expect(tail.told("ready")).toMatchObject([{ topics: [], partitions: [] }]);
  await tail.close();
  expect(tail.ids[0]).toBe("-");
  expect(tail.positions.cursor()).toBe("-");
  const topic = await topics.create({ prefix });
  await topics.send(topic, numbers(0, 5));
  const byCursor = await routes.resume({ pattern: `^${prefix}` }, "-");
  const byId = await routes.opened(await routes.get({ pattern: `^${prefix}` }, { "last-event-id": "-" }));
  for (const resumed of [byCursor, byId]) {
    await resumed.until("all", ({ messages }) => messages.length === 5);
    expect(sorted(resumed.values)).toEqual(valuesOf(0, 5));
  }
});

test("a partition that could not be read before goes on where the tail was asked to begin, not at its beginning", async () => {
  const topic = await topics.create({ partitions: 2, replicationFactor: 1 });
  const both = (first: number) => numbers(first, 6).map((message, index) => ({ ...message, partition: index % 2 }));
  await topics.send(topic, both(0));
  const tail = await routes.tail({ topics: topic });
  await tail.close();
  // As it is told while partition 1 has no leader.
  const cursor = (tail.positions.cursor() ?? "").replace(",1@3", "").replace("1@3,", "");
  expect(cursor).toMatch(/\*2:0@3$/);
  const resumed = await routes.resume({ topics: topic, from: "now" }, cursor);
  await topics.send(topic, both(6));
  await resumed.until("what came since", ({ messages }) => messages.length >= 6);
  expect(sorted(resumed.values)).toEqual(valuesOf(6, 12));
});

describe("a key whose partition is certain", () => {
  const HOME = "k7";
  /** The topic has 6 partitions, and all that has this key from now on is found wherever it lies. */
  const started = async () => {
    const topic = await topics.create({ partitions: 6, replicationFactor: 1 });
    await topics.send(topic, numbers(0, 500));
    const tail = await routes.tail({ topics: topic, key: HOME });
    expect(tail.told("ready")).toMatchObject([{ keyHash: { hash: "murmur2" }, topics: [{ partitions: 6 }] }]);
    expect(tail.told("ready")[0]?.partitions).toHaveLength(1);
    return { topic, tail };
  };
  const everywhere = (first: number) =>
    Array.from({ length: 7 }, (_, partition) => ({ key: HOME, value: `n${first + partition}`, partition }));

  test("is read in all of them once partitions are added", async () => {
    const { topic, tail } = await started();
    await grow(topic, 7);
    await sendFresh(topic, everywhere(1_000));
    await tail.until("all seven", ({ messages }) => messages.length >= 7);
    expect(sorted(tail.values)).toEqual(valuesOf(1_000, 1_007));
    expect(tail.told("ready").at(-1)?.keyHash).toBeUndefined();
  });

  test("is read in all of them when it goes on, and partitions were added meanwhile", async () => {
    const { topic, tail } = await started();
    await tail.close();
    await grow(topic, 7);
    await sendFresh(topic, everywhere(1_000));
    const resumed = await routes.resume({ topics: topic, key: HOME }, tail.positions.cursor() ?? "");
    await resumed.until("all seven", ({ messages }) => messages.length >= 7);
    expect(sorted(resumed.values)).toEqual(valuesOf(1_000, 1_007));
    expect(resumed.told("ready")[0]?.keyHash).toBeUndefined();
  });
});
