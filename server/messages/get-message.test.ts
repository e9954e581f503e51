import type { Producer } from "kafkajs";
import { CompressionTypes } from "kafkajs";
import { afterAll, expect, test, vi } from "vitest";
import type { z } from "zod";
import type { getMessage as contract } from "#lib/contracts/messages.ts";
import { consoleConsumer } from "#scripts/testing/console-consumer.ts";
import { dumpLog } from "#scripts/testing/dump-log.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { downloadMessage } from "./download-message.ts";
import { getMessage } from "./get-message.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const producers: Producer[] = [];

afterAll(async () => {
  await Promise.all(producers.map((producer) => producer.disconnect()));
  await close();
  await topics.close();
});

function get(
  topic: string,
  offset: number | string,
  query: Partial<z.output<typeof contract.query>> = {},
  partition = 0,
) {
  const params = { cluster: "test", topic, partition, offset: String(offset) };
  return getMessage(ctx, { params, query: { keyAs: "auto", valueAs: "auto", ...query }, body: undefined });
}
async function download(topic: string, offset: number, part: "key" | "value") {
  const params = { cluster: "test", topic, partition: 0, offset: String(offset) };
  return downloadMessage(ctx, { params, query: { part }, body: undefined });
}

/** A coordinator answers before the last marker is written: waits until the partition ends here. */
async function endsAt(topic: string, highWatermark: string): Promise<void> {
  await expect.poll(async () => (await get(topic, 0)).highWatermark, { timeout: 10_000 }).toBe(highWatermark);
}

test.each(["none", "gzip"] as const)("a message and its batch are what Kafka's own tools print (%s)", async (codec) => {
  const topic = await topics.create({ partitions: 1 });
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  producers.push(producer);
  const messages = Array.from({ length: 20 }, (_, n) => ({
    key: `key-${n}`,
    value: JSON.stringify({ n, big: "9007199254740993" }),
    headers: { trace: [`a${n}`, `b${n}`], other: "x" },
  }));
  const compression = codec === "gzip" ? CompressionTypes.GZIP : CompressionTypes.None;
  for (const part of [messages.slice(0, 7), messages.slice(7)])
    await producer.send({ topic, messages: part, compression });
  const message = await get(topic, 11);
  const [printed] = await consoleConsumer(topic, 0, { from: 11, count: 1 });
  expect(`${message.timestampType}:${message.timestamp}`).toBe(printed?.timestamp);
  expect([message.key?.text, message.value?.text]).toEqual([printed?.key, printed?.value]);
  expect(message.headers.map(({ name, value }) => `${name}:${value?.text}`).join(",")).toBe(printed?.headers);
  const dumped = (await dumpLog(topic, 0, message.leader)).find((one) => one.baseOffset === "7");
  const { batch } = message;
  expect({
    baseOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    count: String(batch.records),
    baseSequence: String(batch.baseSequence),
    producerId: batch.producerId,
    producerEpoch: String(batch.producerEpoch),
    partitionLeaderEpoch: String(batch.leaderEpoch),
    isTransactional: String(batch.transactional),
    size: String(batch.sizeBytes),
    magic: String(batch.magic),
    compresscodec: batch.codec,
    crc: String(batch.crc),
    isvalid: String(batch.crcValid),
  }).toEqual({
    baseOffset: "7",
    lastOffset: "19",
    count: "13",
    baseSequence: dumped?.baseSequence,
    producerId: dumped?.producerId,
    producerEpoch: dumped?.producerEpoch,
    partitionLeaderEpoch: dumped?.partitionLeaderEpoch,
    isTransactional: "false",
    size: dumped?.size,
    magic: "2",
    compresscodec: codec,
    crc: dumped?.crc,
    isvalid: "true",
  });
  expect([message.transaction, message.logStartOffset, message.highWatermark]).toEqual([null, "0", "20"]);
});

test("tombstones, empty payloads, no key, binary keys, repeated headers and LogAppendTime are told apart", async () => {
  const topic = await topics.create({ partitions: 1, configs: { "message.timestamp.type": "LogAppendTime" } });
  const binary = Buffer.from([0, 1, 0xff, 0xfe, 0x80]);
  await topics.send(topic, [
    { key: "gone", value: null },
    { key: "", value: "" },
    { value: "no key" },
    { key: binary, value: "x", headers: { h: [Buffer.from("1"), binary, Buffer.from("1")] } },
  ]);
  expect(await get(topic, 0)).toMatchObject({ key: { text: "gone" }, value: null, timestampType: "LogAppendTime" });
  expect(await get(topic, 1)).toMatchObject({ key: { text: "", bytes: 0 }, value: { text: "", bytes: 0 } });
  expect(await get(topic, 2)).toMatchObject({ key: null, value: { text: "no key" } });
  const last = await get(topic, 3);
  expect(last.key).toMatchObject({ as: "hex", guessed: true, text: "0001fffe80", bytes: 5 });
  expect(Buffer.from(last.key?.head ?? "", "base64")).toEqual(binary);
  expect(last.headers.map(({ name, value }) => [name, value?.bytes])).toEqual([
    ["h", 1],
    ["h", 5],
    ["h", 1],
  ]);
  expect(new Uint8Array((await download(topic, 3, "key")).bytes)).toEqual(new Uint8Array(binary));
  await expect(download(topic, 0, "value")).rejects.toMatchObject({ code: "message-not-found" });
  await expect(download(topic, 2, "key")).rejects.toMatchObject({ code: "message-not-found" });
});

test("an int64 beyond 2^53 is read to the last digit, as JSON and as a number", async () => {
  const topic = await topics.create({ partitions: 1 });
  const key = Buffer.alloc(8);
  key.writeBigInt64BE(9_007_199_254_740_993n);
  const value = '{"id":9007199254740993,"exact":1.10,"id":1}';
  await topics.send(topic, [{ key, value }]);
  const message = await get(topic, 0, { keyAs: "int64", valueAs: "json" });
  expect(message.key).toMatchObject({ as: "int64", guessed: false, text: "9007199254740993" });
  expect(message.value).toMatchObject({ as: "json", guessed: false, text: value });
  const wrong = await get(topic, 0, { valueAs: "int32" });
  expect(wrong.value).toMatchObject({ as: "undecodable", why: expect.any(String) });
});

test("a message of 10 MB is cut in the answer, and downloaded whole", async () => {
  const topic = await topics.create({ partitions: 1, configs: { "max.message.bytes": "12000000" } });
  const value = Buffer.alloc(10_000_000, "ä".repeat(50));
  await topics.send(topic, [{ key: "before", value: "small" }]);
  await topics.send(topic, [{ key: "big", value }]);
  await topics.send(topic, [{ key: "after", value: "small" }]);
  const { value: shown } = await get(topic, 1);
  expect(shown).toMatchObject({ bytes: 10_000_000, cut: true, as: "text" });
  expect(Buffer.byteLength(shown?.text ?? "")).toBeLessThanOrEqual(1_048_576);
  expect(shown?.text).toMatch(/^(ä)+$/);
  expect(Buffer.from(shown?.head ?? "", "base64")).toEqual(value.subarray(0, 16_384));
  const { bytes, fileName } = await download(topic, 1, "value");
  expect(Buffer.from(bytes).equals(value)).toBe(true);
  expect(fileName).toBe(`${topic}-0-1-value.txt`);
  expect(await get(topic, 2)).toMatchObject({ key: { text: "after" } });
});

test("transactions: committed, aborted, open; their markers hold no message", async () => {
  const topic = await topics.create({ partitions: 1 });
  const one = await topics.transactionalProducer();
  const committed = await one.transaction();
  await committed.send({ topic, messages: [{ value: "0" }, { value: "1" }] });
  await committed.commit();
  await endsAt(topic, "3");
  const aborted = await one.transaction();
  await aborted.send({ topic, messages: [{ value: "3" }] });
  await aborted.abort();
  await endsAt(topic, "5");
  await topics.send(topic, [{ value: "5" }]);
  const other = await topics.transactionalProducer();
  const open = await other.transaction();
  await open.send({ topic, messages: [{ value: "6" }] });
  const within = await one.transaction();
  await within.send({ topic, messages: [{ value: "7" }] });
  await within.abort();
  await endsAt(topic, "9");
  const states: unknown[] = [];
  for (const offset of [0, 1, 3, 5, 6, 7]) {
    const { transaction, value, batch } = await get(topic, offset);
    states.push([value?.text, transaction, batch.transactional]);
  }
  expect(states).toEqual([
    ["0", "committed", true],
    ["1", "committed", true],
    ["3", "aborted", true],
    ["5", null, false],
    ["6", "open", true],
    ["7", "aborted", true],
  ]);
  await expect(get(topic, 2)).rejects.toMatchObject({
    code: "message-not-found",
    message: expect.stringMatching(
      /offset 2 of \S+ is a control record \(the commit of a transaction\).*next message is at offset 3\./s,
    ),
  });
  await open.commit();
  await endsAt(topic, "10");
  expect(await get(topic, 6)).toMatchObject({ transaction: "committed" });
});

test("an offset without a message says why, and where the next one is", async () => {
  const deleted = await topics.create({ partitions: 1 });
  await topics.send(
    deleted,
    Array.from({ length: 10 }, (_, n) => ({ value: `${n}` })),
  );
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.fetchTopicOffsets(deleted);
  await admin.deleteTopicRecords({ topic: deleted, partitions: [{ partition: 0, offset: "4" }] });
  await expect(get(deleted, 3)).rejects.toMatchObject({
    code: "message-not-found",
    message: expect.stringMatching(/deleted.*log start offset is 4.*next message is at offset 4\./s),
  });
  await expect(get(deleted, 10)).rejects.toMatchObject({
    code: "message-not-found",
    message: expect.stringMatching(/high watermark is 10/),
  });
  await expect(get(deleted, "9223372036854775807")).rejects.toMatchObject({ code: "message-not-found" });
  await admin.deleteTopicRecords({ topic: deleted, partitions: [{ partition: 0, offset: "10" }] });
  await admin.disconnect();
  await expect(get(deleted, 9)).rejects.toMatchObject({
    code: "message-not-found",
    message: expect.stringMatching(/No message is left/),
  });
  const empty = await topics.create({ partitions: 1 });
  await expect(get(empty, 0)).rejects.toMatchObject({
    code: "message-not-found",
    message: expect.stringMatching(/nothing has been written/i),
  });
});

test("what compaction removed is said to be compacted", async () => {
  const topic = await compactedTopic();
  await vi.waitFor(
    async () => {
      await topics.send(topic, [{ key: "tick", value: "t" }]);
      await expect(get(topic, 1)).rejects.toMatchObject({
        code: "message-not-found",
        message: expect.stringMatching(/compaction.*next message is at offset \d+\./s),
      });
    },
    { timeout: 40_000, interval: 500 },
  );
}, 60_000);

async function compactedTopic(): Promise<string> {
  const topic = await topics.create({
    partitions: 1,
    configs: {
      "cleanup.policy": "compact",
      "segment.ms": "100",
      "min.cleanable.dirty.ratio": "0.01",
      "max.compaction.lag.ms": "100",
      "min.compaction.lag.ms": "0",
    },
  });
  await topics.send(
    topic,
    Array.from({ length: 10 }, (_, n) => ({ key: "same", value: `${n}` })),
  );
  return topic;
}

test("an unknown topic or partition is named", async () => {
  const topic = await topics.create({ partitions: 2 });
  await expect(get(topics.name("missing"), 0)).rejects.toMatchObject({ code: "topic-not-found" });
  await expect(get(topic, 0, {}, 2)).rejects.toMatchObject({
    code: "partition-not-found",
    message: expect.stringContaining("0 to 1"),
  });
});
