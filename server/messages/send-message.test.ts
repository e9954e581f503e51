import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { z } from "zod";
import { newMessage } from "#lib/contracts/messages.ts";
import { consoleConsumer } from "#scripts/testing/console-consumer.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { logger } from "../logger.ts";
import { partitionOfKey } from "./key-hash.ts";
import { sendMessage } from "./send-message.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
let topic: string;
let compacted: string;

beforeAll(async () => {
  topic = await topics.create({ partitions: 3, configs: { "max.message.bytes": "200000" } });
  compacted = await topics.create({
    partitions: 1,
    configs: { "cleanup.policy": "compact", "message.timestamp.type": "LogAppendTime" },
  });
});
afterAll(async () => {
  await close();
  await topics.close();
});

function send(to: string, message: z.input<typeof newMessage>) {
  const input = { params: { cluster: "test", topic: to }, query: {}, body: newMessage.parse(message) };
  return sendMessage(ctx, input);
}

test("Kafka's console consumer prints exactly what was sent: key, value, headers in order with repeats and nulls", async () => {
  const headers = [
    { name: "trace", value: "ä1" },
    { name: "2", value: null },
    { name: "trace", value: "b2" },
    { name: "1", value: "" },
  ];
  const json = '{ "amount": 9007199254740993, "to": "π" }';
  const sent = await send(topic, { key: "order-1", value: json, valueAs: "json", headers, partition: 2 });
  const tombstone = await send(topic, { key: "order-1", value: null, partition: 2 });
  const [printed, after] = await consoleConsumer(topic, 2, { from: 0, count: 2 });
  expect(printed).toEqual({
    timestamp: `CreateTime:${sent.timestamp}`,
    offset: sent.offset,
    headers: "trace:ä1,2:\u0002null,trace:b2,1:",
    key: "order-1",
    value: json,
  });
  expect(after).toMatchObject({ offset: tombstone.offset, key: "order-1", value: null });
});

test("without a partition, the key's murmur2 hash decides; without a key, any will do", async () => {
  for (const key of ["a", "order-2", "customer/4711"]) {
    const { partition } = await send(topic, { key, value: "" });
    expect(partition).toBe(partitionOfKey("murmur2", Buffer.from(key), 3));
  }
  const anywhere = await send(topic, { value: "no key" });
  expect(anywhere.partition).toBeLessThan(3);
});

test("a broker's own timestamp is told where the topic has it", async () => {
  const before = Date.now();
  const { timestamp } = await send(compacted, { key: "k", value: "v" });
  const [printed] = await consoleConsumer(compacted, 0, { from: 0, count: 1 });
  expect(printed?.timestamp).toBe(`LogAppendTime:${timestamp}`);
  expect(Number(timestamp)).toBeGreaterThanOrEqual(before - 1);
});

test("the record of changes has the act and the sizes, not the payload", async () => {
  const lines: unknown[] = [];
  const info = vi.spyOn(logger, "info").mockImplementation((line: unknown) => void lines.push(line));
  try {
    await send(topic, { key: "secret-key", value: "secret-value", headers: [{ name: "h", value: "secret-header" }] });
  } finally {
    info.mockRestore();
  }
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    change: { action: "send-message", target: { topic }, after: { keyBytes: 10, valueBytes: 12, headers: 1 } },
  });
  expect(JSON.stringify(lines)).not.toContain("secret");
});

test("a text that isn't what it is said to be is refused at its field, and nothing is sent", async () => {
  await expect(
    send(topic, { key: "1.5", keyAs: "int32", value: "{", valueAs: "json", headers: [{ name: "h", value: "\ud800" }] }),
  ).rejects.toMatchObject({
    code: "invalid-request",
    message: expect.stringContaining("Nothing was sent"),
    invalidParams: [
      { path: "key" },
      { path: "value", message: expect.stringContaining("JSON") },
      { path: "headers.0.value" },
    ],
  });
});

test("too large, no key on a compacted topic: refused, in words that help", async () => {
  await expect(send(topic, { value: "x".repeat(250_000) })).rejects.toMatchObject({
    code: "message-refused",
    message: expect.stringContaining("max.message.bytes"),
  });
  await expect(send(compacted, { value: "no key" })).rejects.toMatchObject({
    code: "message-refused",
    message: expect.stringContaining("Compacted topic cannot accept message without key"),
  });
});

test("an unknown topic or partition is named, and no topic is made", async () => {
  const missing = topics.name("never-made");
  await expect(send(missing, { value: "x" })).rejects.toMatchObject({ code: "topic-not-found" });
  await expect(send(topic, { value: "x", partition: 3 })).rejects.toMatchObject({
    code: "partition-not-found",
    message: expect.stringContaining("0 to 2"),
  });
  const admin = topics.kafka.admin();
  await admin.connect();
  expect(await admin.listTopics()).not.toContain(missing);
  await admin.disconnect();
});

test("a user who may not write is told which right is missing", async () => {
  const viewer = serviceContext({ as: "viewer" });
  const admin = topics.kafka.admin();
  await admin.connect();
  const acl = {
    principal: "User:viewer",
    host: "*",
    resourceType: 2,
    resourceName: topic,
    resourcePatternType: 3,
    operation: 8,
    permissionType: 3,
  };
  try {
    await admin.createAcls({ acl: [acl] });
    await vi.waitFor(
      async () => {
        const input = { params: { cluster: "test", topic }, query: {}, body: newMessage.parse({ value: "x" }) };
        await expect(sendMessage(viewer.ctx, input)).rejects.toMatchObject({
          code: "kafka-forbidden",
          message: expect.stringContaining(`Write on Topic ${topic}`),
        });
      },
      { timeout: 10_000 },
    );
  } finally {
    await admin.deleteAcls({ filters: [acl] });
    await admin.disconnect();
    await viewer.close();
  }
});
