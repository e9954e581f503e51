import { afterAll, expect, test, vi } from "vitest";
import { newMessage } from "#lib/contracts/messages.ts";
import { newTopic } from "#lib/contracts/topics.ts";
import { consoleConsumer } from "#scripts/testing/console-consumer.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import type { ClusterContext } from "../context.ts";
import { logger } from "../logger.ts";
import { findPartition } from "../messages/find-partition.ts";
import { sendMessage } from "../messages/send-message.ts";
import { createTopic } from "../topics/create-topic.ts";
import { recordChange } from "./record-change.ts";

const topics = new TestTopics();
const changesTopic = topics.name("changes");
const { ctx, close } = serviceContext({ settings: { changesTopic } });
const created = ctx.changes.create({ actor: "ops", requestId: "r" }, ctx.signal);
const lines: unknown[] = [];
for (const level of ["info", "warn"] as const) {
  vi.spyOn(logger, level).mockImplementation((line: unknown) => void lines.push(line));
}

afterAll(async () => {
  await close();
  await topics.close();
});

const cluster = "test";
const create = (body: object) => createTopic(ctx, { params: { cluster }, query: {}, body: newTopic.parse(body) });
const send = (topic: string, body: object) =>
  sendMessage(ctx, { params: { cluster, topic }, query: {}, body: newMessage.parse(body) });

/** All records of the log, as Kafka's console consumer prints them. */
async function everythingIn(topic: string): Promise<string> {
  const { highWatermark } = await findPartition(ctx, topic, 0);
  const printed = await consoleConsumer(topic, 0, { from: 0, count: Number(highWatermark) });
  expect(printed).toHaveLength(Number(highWatermark));
  return JSON.stringify(printed);
}

test("creating a topic is recorded, with what was asked for, and its id is the answer's; a dry run isn't", async () => {
  await created;
  const name = topics.name();
  const dry = await create({ name, partitions: 2, replicationFactor: 1, dryRun: true });
  expect(dry).toMatchObject({ change: null, recordProblem: null });
  const { change, recordProblem } = await create({ name, partitions: 2, configs: { "retention.ms": "60000" } });
  expect(recordProblem).toBeNull();
  const detail = await ctx.changes.get(change ?? "", ctx.signal);
  expect(detail).toMatchObject({ action: "create-topic", target: { topic: name }, state: "done" });
  expect(JSON.parse(detail.after ?? "")).toMatchObject({ partitions: 2, configs: { "retention.ms": "60000" } });
  const { changes } = await ctx.changes.list({ limit: 10, topic: name }, ctx.signal);
  expect(changes.map(({ id }) => id)).toEqual([change]);
});

test("a topic that Kafka refuses is a change that failed, with Kafka's reason", async () => {
  await created;
  const name = topics.name();
  await expect(create({ name, configs: { "retention.ms": "soon" } })).rejects.toMatchObject({ code: "topic-refused" });
  const { changes } = await ctx.changes.list({ limit: 10, topic: name }, ctx.signal);
  expect(changes).toMatchObject([{ state: "failed", failure: expect.stringContaining("retention.ms") }]);
});

test("a message that is sent is recorded by its place and size: never its key, value or headers", async () => {
  await created;
  const topic = await topics.create();
  const { change, offset, partition } = await send(topic, {
    key: "card-holder-secret",
    keyAs: "text",
    value: "4929-1234-5678-9012",
    valueAs: "text",
    headers: [{ name: "authorization-name", value: "Bearer abcdef" }],
  });
  const detail = await ctx.changes.get(change ?? "", ctx.signal);
  expect(detail).toMatchObject({ action: "send-message", target: { topic, partition } });
  expect(JSON.parse(detail.outcome ?? "")).toEqual({ offset });
  const all = JSON.stringify(lines) + (await everythingIn(changesTopic));
  for (const secret of ["card-holder-secret", "4929-1234-5678-9012", "authorization-name", "Bearer abcdef"]) {
    expect(all).not.toContain(secret);
  }
});

test("no secret is written: not by the name of its key, nor the cluster's own wherever it stands", async () => {
  await created;
  const password = "correct-horse-battery";
  const service = serviceContext({
    settings: { changesTopic, sasl: null },
  });
  const withPassword: ClusterContext = {
    ...service.ctx,
    cluster: { ...service.ctx.cluster, sasl: { mechanism: "PLAIN", username: "ops", password } },
  };
  const { ChangeLog } = await import("./change-log.ts");
  const changes = new ChangeLog({ ...withPassword, kafka: service.ctx.kafka });
  const secret = { ...withPassword, changes };
  const { change } = await recordChange(
    secret,
    {
      ...{ action: "create-topic", target: { topic: "orders" }, targetText: `by ${password}` },
      before: { "sasl.jaas.config": "jaas-value-1", nested: [{ "ssl.key.password": "key-value-2" }] },
      after: { note: `it is ${password}, really`, token: "token-value-3", plain: "stays" },
    },
    async () => null,
    () => ({
      detail: { apiSecret: "secret-value-4" },
      partitions: [{ topic: "orders", partition: 0, outcome: "failed", detail: `no: ${password}` }],
    }),
  );
  await recordChange(secret, { action: "create-topic", target: {}, before: null, after: null }, async () => {
    throw new Error(`login with ${password} failed`);
  }).catch(() => {});
  expect((await ctx.changes.get(change ?? "", ctx.signal)).after).toContain("stays");
  const all = JSON.stringify(lines) + (await everythingIn(changesTopic));
  for (const value of [password, "jaas-value-1", "key-value-2", "token-value-3", "secret-value-4"]) {
    expect(all).not.toContain(value);
  }
  await changes.close();
  await service.close();
});

test("nobody writes into the log, or makes it otherwise than it must be, through Tailrace", async () => {
  await created;
  await expect(send(changesTopic, { value: "{}", valueAs: "text" })).rejects.toMatchObject({ code: "message-refused" });
  await expect(create({ name: changesTopic })).rejects.toMatchObject({ code: "topic-refused" });
  await expect(create({ name: changesTopic, dryRun: true })).rejects.toMatchObject({ code: "topic-refused" });
  expect((await ctx.changes.list({ limit: 500 }, ctx.signal)).unreadable).toBe(0);
});
