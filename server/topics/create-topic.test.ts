import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { newTopic } from "#lib/contracts/topics.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { awaitTopic } from "./await-topic.ts";
import { createTopic } from "./create-topic.ts";
import { getTopic } from "./get-topic.ts";
import { getTopicConfigs } from "./get-topic-configs.ts";
import { listTopics } from "./list-topics.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
let existing: string;

beforeAll(async () => {
  existing = await topics.create({ prefix: "exists_already", partitions: 1 });
});
afterAll(async () => {
  await close();
  await topics.close();
});

function create(body: z.input<typeof newTopic>) {
  return createTopic(ctx, { params: { cluster: "test" }, query: {}, body: newTopic.parse(body) });
}
const about = (topic: string) => ({ params: { cluster: "test", topic }, query: {}, body: undefined });

test("creates what was asked for; it is there, with leaders, when the answer comes", async () => {
  const name = topics.name("created");
  const made = await create({ name, partitions: 5, replicationFactor: 2, configs: { "retention.ms": "3600000" } });
  expect(made).toMatchObject({ name, dryRun: false, partitions: 5, replicationFactor: 2 });
  const { topicId, partitions } = await getTopic(ctx, about(name));
  expect(topicId).toBe(made.topicId);
  expect(partitions.map(({ leader, replicas }) => [leader !== null, replicas.length])).toEqual(
    Array.from({ length: 5 }, () => [true, 2]),
  );
  const listed = await listTopics(ctx, { params: { cluster: "test" }, query: {}, body: undefined });
  expect(listed.topics.some((topic) => topic.name === name)).toBe(true);
  const { configs } = await getTopicConfigs(ctx, about(name));
  expect(configs.find((config) => config.name === "retention.ms")).toMatchObject({ value: "3600000", source: "topic" });
});

test("brokers that are slow to tell of a topic are waited for only as long as is left", async () => {
  const start = performance.now();
  await awaitTopic(ctx, topics.name("never_made"), 200);
  await awaitTopic(ctx, topics.name("never_made"), 0);
  expect(performance.now() - start).toBeLessThan(4_000);
});

test("a dry run says what would be made, and makes nothing", async () => {
  const name = topics.name("dry");
  const would = await create({ name, configs: { "cleanup.policy": "compact" }, dryRun: true });
  expect(would).toMatchObject({ dryRun: true, topicId: null });
  expect(would.partitions).toBeGreaterThanOrEqual(1);
  expect(would.replicationFactor).toBeGreaterThanOrEqual(1);
  expect(would.configs.find((config) => config.name === "cleanup.policy")).toMatchObject({
    value: "compact",
    source: "topic",
    isDefault: false,
  });
  await expect(getTopic(ctx, about(name))).rejects.toMatchObject({ code: "topic-not-found" });
});

test("an explicit assignment is kept, preferred leaders first", async () => {
  const name = topics.name("assigned");
  const made = await create({
    name,
    assignment: [
      [3, 1],
      [2, 3],
    ],
  });
  expect(made).toMatchObject({ partitions: 2, replicationFactor: 2 });
  const { partitions } = await getTopic(ctx, about(name));
  expect(partitions.map(({ leader, replicas }) => [leader, replicas])).toEqual([
    [3, [3, 1]],
    [2, [2, 3]],
  ]);
});

test.each([true, false])("a name that is taken is refused at the name (dry run: %s)", async (dryRun) => {
  await expect(create({ name: existing, dryRun })).rejects.toMatchObject({
    code: "topic-exists",
    message: `Topic '${existing}' already exists.`,
    invalidParams: [{ path: "name" }],
  });
});

test("a name that differs only in '.' and '_' is refused at the name", async () => {
  await expect(create({ name: existing.replaceAll("_", "."), dryRun: true })).rejects.toMatchObject({
    code: "topic-exists",
    message: expect.stringContaining(`collides with existing topic: ${existing}`),
    invalidParams: [{ path: "name" }],
  });
});

test.each([
  ["more replicas than brokers", { replicationFactor: 9 }, "replicationFactor", "only 3 broker(s) are registered"],
  ["an unknown config", { configs: { "no.such.config": "1" } }, "configs.no.such.config", "Unknown topic config name"],
  ["a bad value", { configs: { "retention.ms": "soon" } }, "configs.retention.ms", "Not a number of type LONG"],
  [
    "a bad value among good ones",
    { configs: { "delete.retention.ms": "1000", "cleanup.policy": "shred" } },
    "configs.cleanup.policy",
    "String must be one of",
  ],
  ["an assignment to a broker that isn't there", { assignment: [[1, 99]] }, "assignment", "broker 99"],
  ["an assignment that repeats a broker", { assignment: [[1, 1]] }, "assignment", "more than once"],
  ["an uneven assignment", { assignment: [[1], [1, 2]] }, "assignment", "not consistent"],
])("%s is refused at its field, in the controller's own words", async (_, differs, path, words) => {
  for (const dryRun of [true, false]) {
    await expect(create({ name: topics.name("refused"), dryRun, ...differs })).rejects.toMatchObject({
      code: "topic-refused",
      message: expect.stringContaining(words),
      invalidParams: [{ path, message: expect.stringContaining(words) }],
    });
  }
});
