import { randomBytes } from "node:crypto";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompressionTypes } from "kafkajs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import { listBatches as batchesContract, countSegment as countContract } from "#lib/contracts/segment-batches.ts";
import { locateOffset as locateContract } from "#lib/contracts/segment-look-ups.ts";
import { listSegments as segmentsContract } from "#lib/contracts/segments.ts";
import { getTopicStorage as storageContract } from "#lib/contracts/topic-storage.ts";
import { verifySegments as verifyContract, verifyFrame } from "#lib/contracts/verifications.ts";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { type DumpedBatch, dumpLog } from "#scripts/testing/dump-log.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { Tails } from "#server/tail/tails.ts";
import { Verifier } from "../verify/verifier.ts";
import { countSegment } from "./count-segment.ts";
import { getTopicStorage } from "./get-topic-storage.ts";
import { listBatches } from "./list-batches.ts";
import { listSegments } from "./list-segments.ts";
import { locateOffset } from "./locate-offset.ts";
import { verifySegments } from "./verify-segments.ts";

/** Brokers on other machines name directories that aren't on this one. */
const told = vi.hoisted(() => ({ elsewhere: false }));
vi.mock("../../kafka/describe-log-dirs.ts", async (original) => {
  const { describeLogDirs, ...rest } = await original<typeof import("../../kafka/describe-log-dirs.ts")>();
  return {
    ...rest,
    describeLogDirs: async (...args: Parameters<typeof describeLogDirs>) =>
      (await describeLogDirs(...args)).map((dir) => (told.elsewhere ? { ...dir, path: `/elsewhere${dir.path}` } : dir)),
  };
});
afterEach(() => {
  told.elsewhere = false;
});

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();
const verifier = new Verifier();
const tails = new Tails();
const [one = 1, two = 2] = testCluster().brokers.map(({ id }) => id);
const dirOf = (broker: number) => testCluster().brokers.find(({ id }) => id === broker)?.logDir ?? "";
const MIB = 1024 * 1024;
const COUNT = 3_500;
/** Two replicas, three segments and more; each fifth batch gzip, timestamps 1,000, 2,000, … */
let rolled: string;
let leader: number;
let dumped: DumpedBatch[];

beforeAll(async () => {
  rolled = await topics.create({
    assignment: [[one, two]],
    configs: { "segment.bytes": String(MIB), "retention.ms": "-1", "retention.bytes": "-1" },
  });
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  for (let from = 0; from < COUNT; from += 50) {
    const messages = Array.from({ length: 50 }, (_, i) => ({
      partition: 0,
      key: `k${from + i}`,
      value: from % 250 === 0 ? Buffer.alloc(1_000, 97) : randomBytes(1_000),
      timestamp: String((from + i + 1) * 1_000),
    }));
    const compression = from % 250 === 0 ? CompressionTypes.GZIP : CompressionTypes.None;
    await producer.send({ topic: rolled, messages, compression });
  }
  await producer.disconnect();
  leader = one;
  await groups.commit(groups.name(), { [rolled]: { 0: 1_234 } });
  dumped = await dumpLog(rolled, 0, leader);
});
afterAll(async () => {
  tails.close();
  await verifier.close();
  await close();
  await groups.close();
  await topics.close();
});

type Context = typeof ctx;
const params = (topic: string, partition = 0) => ({ cluster: "test", topic, partition });
const none = { query: {}, body: undefined };

async function list(topic: string, with_: Context = ctx) {
  return segmentsContract.response.parse(await listSegments(with_, { params: params(topic), ...none }));
}
async function batches(topic: string, baseOffset: string, query: z.input<typeof batchesContract.query> = {}) {
  const input = {
    params: { ...params(topic), baseOffset },
    query: batchesContract.query.parse(query),
    body: undefined,
  };
  return batchesContract.response.parse(await listBatches(ctx, input));
}
async function locate(topic: string, query: z.input<typeof locateContract.query>, with_: Context = ctx) {
  const input = { params: params(topic), query: locateContract.query.parse(query), body: undefined };
  return locateContract.response.parse(await locateOffset(with_, input));
}
async function counts(topic: string, baseOffset: string) {
  const input = { params: { ...params(topic), baseOffset }, query: {}, body: undefined };
  return countContract.response.parse(await countSegment(ctx, input));
}
async function storage(topic: string, with_: Context = ctx) {
  const input = { params: { cluster: "test", topic }, query: {}, body: undefined };
  return storageContract.response.parse(await getTopicStorage(with_, input));
}
const withLogDirs = (logDirs: ReadonlyMap<number, readonly string[]>): Context => ({
  ...ctx,
  cluster: { ...ctx.cluster, logDirs },
});

describe("a partition's segments", () => {
  test("each replica's, as its broker's own directory holds them", async () => {
    await ctx.state.groupObserver.sample(ctx.signal);
    const listed = await list(rolled);
    expect(listed).toMatchObject({ topic: rolled, partition: 0, logStartOffset: "0", highWatermark: String(COUNT) });
    expect(listed.retention).toMatchObject({ cleanupPolicy: "delete", retentionMs: "-1", segmentBytes: String(MIB) });
    expect(listed.replicas.map(({ brokerId, role, access }) => [brokerId, role, access])).toEqual([
      [one, "leader", { state: "readable", from: "own", logDir: dirOf(one), away: null }],
      [two, "follower", { state: "readable", from: "own", logDir: dirOf(two), away: null }],
    ]);
    for (const { segments, sizeBytes, damage, sideFiles, bytesRead, directory } of listed.replicas) {
      expect(damage).toEqual([]);
      expect(directory).toBe(`${rolled}-0`);
      expect(segments.length).toBeGreaterThan(2);
      expect(segments.at(-1)).toMatchObject({ active: true, lastOffset: String(COUNT - 1) });
      expect(segments.reduce((sum, segment) => sum + BigInt(segment.sizeBytes), 0n)).toBe(BigInt(sizeBytes ?? -1));
      for (const [index, segment] of segments.entries()) {
        const next = segments[index + 1];
        if (next) expect(BigInt(next.baseOffset)).toBe(BigInt(segment.lastOffset ?? -9) + 1n);
        expect(segment).toMatchObject({
          compacted: null,
          goes: null,
          damage: [],
          firstTimestampMs: String((Number(segment.baseOffset) + 1) * 1_000),
          maxTimestampMs: String((Number(segment.lastOffset) + 1) * 1_000),
        });
      }
      expect(sideFiles.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(["partition-metadata", "leader-epochs", "meta-properties"]),
      );
      expect(Number(bytesRead)).toBeLessThan(400_000);
    }
    expect(listed.committed).toEqual([{ group: expect.any(String), offset: "1234" }]);
  });

  test("a server that hasn't sampled the groups yet says so", async () => {
    const fresh = serviceContext();
    const { committed, missing } = await list(rolled, fresh.ctx);
    expect(committed).toEqual([]);
    expect(missing.map(({ part }) => part)).toEqual(["groups' committed offsets"]);
    await fresh.close();
  });

  test("what retention takes next, by time and by size", async () => {
    const aged = await topics.create({
      assignment: [[one]],
      configs: { "retention.ms": "-1", "retention.bytes": "5000000" },
    });
    await topics.send(aged, [{ partition: 0, value: "x" }]);
    const { replicas } = await list(aged);
    expect(replicas[0]?.segments.map(({ goes }) => goes)).toEqual([
      { because: "retention.bytes", dueNow: false, atMs: null },
    ]);
  });

  test("compacted or not, where compaction is on", async () => {
    const compact = await topics.create({
      assignment: [[one]],
      configs: { "cleanup.policy": "compact" },
    });
    await topics.send(compact, [{ partition: 0, key: "k", value: "x" }]);
    const { replicas } = await list(compact);
    expect(replicas[0]?.segments.map(({ compacted, goes }) => [compacted, goes])).toEqual([[false, null]]);
  });

  test("what isn't there", async () => {
    await expect(list(topics.name())).rejects.toMatchObject({ code: "topic-not-found" });
    const input = { params: params(rolled, 7), ...none };
    await expect(listSegments(ctx, input)).rejects.toMatchObject({ code: "partition-not-found" });
    await expect(counts(rolled, "5")).rejects.toMatchObject({ code: "segment-not-found" });
    await expect(locate(rolled, { offset: "5", broker: "99" })).rejects.toMatchObject({
      code: "invalid-request",
      invalidParams: [{ path: "broker" }],
    });
  });
});

describe("inside a segment, as DumpLogSegments prints it", () => {
  test("batch by batch, over all pages of all segments", async () => {
    const seen: Record<string, unknown>[] = [];
    for (const { baseOffset } of (await list(rolled)).replicas[0]?.segments ?? []) {
      for (let position: string | null = "0"; position !== null; ) {
        const page = await batches(rolled, baseOffset, { position, limit: 7, broker: String(leader) });
        expect(page).toMatchObject({ brokerId: leader, damage: [] });
        seen.push(...page.batches.map((batch) => ({ ...batch })));
        position = page.nextPosition;
      }
    }
    expect(
      seen.map((batch) => ({
        baseOffset: batch.baseOffset,
        lastOffset: batch.lastOffset,
        count: String(batch.records),
        position: batch.position,
        size: String(batch.sizeBytes),
        compresscodec: batch.codec,
        crc: String(Number.parseInt(String(batch.crc), 16)),
        isvalid: String(batch.crcMatches),
        isTransactional: String(batch.transactional),
        isControl: String(batch.control),
        producerId: batch.producerId ?? "-1",
      })),
    ).toEqual(
      dumped.map((batch) => ({
        baseOffset: batch.baseOffset,
        lastOffset: batch.lastOffset,
        count: batch.count,
        position: batch.position,
        size: batch.size,
        compresscodec: batch.compresscodec?.toLowerCase(),
        crc: batch.crc,
        isvalid: batch.isvalid,
        isTransactional: batch.isTransactional,
        isControl: batch.isControl,
        producerId: batch.producerId,
      })),
    );
  });

  test("compressed ones with their ratio, others without", async () => {
    const { batches: all } = await batches(rolled, "0", { limit: 10 });
    expect(new Set(all.map(({ codec }) => codec))).toEqual(new Set(["gzip", "none"]));
    for (const { codec, ratio, records } of all) {
      expect(records).toBe(50);
      // Fifty values of a thousand times the same letter.
      if (codec === "gzip") expect(ratio).toBeGreaterThan(40);
      else expect(ratio).toBeNull();
    }
  });

  test("counted", async () => {
    const { replicas } = await list(rolled);
    const counted = await Promise.all(
      (replicas[0]?.segments ?? []).map(({ baseOffset }) => counts(rolled, baseOffset)),
    );
    expect(counted.reduce((sum, { batches: number }) => sum + number, 0)).toBe(dumped.length);
    expect(counted.reduce((sum, { records }) => sum + Number(records), 0)).toBe(COUNT);
    const gzip = counted.flatMap(({ codecs }) => codecs).filter(({ codec }) => codec === "gzip");
    expect(gzip.reduce((sum, { batches: number }) => sum + number, 0)).toBe(
      dumped.filter(({ compresscodec }) => compresscodec?.toLowerCase() === "gzip").length,
    );
    const again = await counts(rolled, replicas[0]?.segments[0]?.baseOffset ?? "");
    expect(again).toMatchObject({ records: counted[0]?.records, bytesRead: "0" });
  });

  test("from the batch that holds an offset", async () => {
    const page = await batches(rolled, "0", { fromOffset: "123", limit: 1 });
    expect(page.batches).toMatchObject([{ baseOffset: "100", lastOffset: "149", crcMatches: true }]);
  });
});

describe("finding", () => {
  test("an offset: the segment, the index, the batch, the record", async () => {
    for (const offset of [0, 1, 777, 1_050, 2_500, COUNT - 1]) {
      const found = await locate(rolled, { offset: String(offset) });
      expect(found).toMatchObject({ brokerId: leader, result: "exact", offset: String(offset), damage: [] });
      expect(found.steps.map(({ step }) => step)).toEqual(["segment", "offset-index", "scan", "record"]);
      const record = found.steps.at(-1);
      const holds = dumped.find((one) => Number(one.baseOffset) <= offset && Number(one.lastOffset) >= offset);
      expect(record).toMatchObject({
        step: "record",
        offset: String(offset),
        timestampMs: String((offset + 1) * 1_000),
        number: offset - Number(holds?.baseOffset) + 1,
        batch: { position: holds?.position, baseOffset: holds?.baseOffset, crcMatches: true },
      });
      expect(Number(found.bytesRead)).toBeLessThan(200_000);
    }
  });

  test("a time", async () => {
    expect(await locate(rolled, { timestampMs: "1500000" })).toMatchObject({ result: "exact", offset: "1499" });
    expect(await locate(rolled, { timestampMs: "1500001" })).toMatchObject({ result: "next", offset: "1500" });
    expect(await locate(rolled, { timestampMs: "-5" })).toMatchObject({ result: "next", offset: "0" });
    expect(await locate(rolled, { timestampMs: String((COUNT + 1) * 1_000) })).toMatchObject({
      result: "none",
      offset: null,
    });
  });

  test("in a follower's files", async () => {
    expect(await locate(rolled, { offset: "1050", broker: String(two) })).toMatchObject({
      brokerId: two,
      result: "exact",
    });
  });

  test("beyond both ends, and before what was deleted though it lies there", async () => {
    const edges = { logStartOffset: "0", highWatermark: String(COUNT) };
    for (const offset of [COUNT, COUNT + 1, 99_999_999]) {
      const beyond = { result: "after-end", offset: null, steps: [], logEndOffset: String(COUNT), ...edges };
      expect(await locate(rolled, { offset: String(offset) })).toMatchObject(beyond);
    }
    expect(await locate(rolled, { offset: "5" })).toMatchObject({ ...edges, logEndOffset: null });
    expect(await locate(rolled, { offset: "-1" })).toMatchObject({ result: "before-start", steps: [] });
    const cut = await topics.create({ assignment: [[one]] });
    await topics.send(
      cut,
      Array.from({ length: 10 }, (_, i) => ({ partition: 0, value: "x", timestamp: String(i + 1) })),
    );
    const admin = topics.kafka.admin();
    await admin.connect();
    await deleteBefore(admin, cut, 0, "5");
    await admin.disconnect();
    expect(await locate(cut, { offset: "4" })).toMatchObject({ result: "before-start" });
    expect(await locate(cut, { offset: "5" })).toMatchObject({ result: "exact", offset: "5" });
    expect(await locate(cut, { timestampMs: "1" })).toMatchObject({ result: "next", offset: "5", logStartOffset: "5" });
  });

  test("what a transaction ended with is no record: the next one is", async () => {
    const topic = await topics.create({ assignment: [[one]] });
    const producer = await topics.transactionalProducer();
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ partition: 0, value: "a" }] });
    await transaction.commit();
    await vi.waitFor(async () => expect((await list(topic)).highWatermark).toBe("2"), { timeout: 10_000 });
    await topics.send(topic, [{ partition: 0, value: "b" }]);
    expect(await locate(topic, { offset: "1" })).toMatchObject({ result: "next", offset: "2" });
    expect((await batches(topic, "0")).batches.map(({ control, transactional }) => [control, transactional])).toEqual([
      [false, true],
      [true, true],
      [false, false],
    ]);
  });
});

describe("verifying", () => {
  const verify = (with_: Verifier) =>
    verifySegments(
      { ...ctx, tails, verifier: with_, viewing: new AbortController().signal, lastEventId: null },
      { params: params(rolled), query: verifyContract.query.parse({}), body: undefined },
    );

  async function frames(stream: Awaited<ReturnType<typeof verify>>) {
    const all: z.output<typeof verifyFrame>[] = [];
    for (;;) {
      const { done, value } = await stream.next();
      if (done) return all;
      const [, name, data = ""] = /^event: (.*)\ndata: (.*)\n\n$/.exec(Buffer.from(value).toString()) ?? [];
      const parsed = verifyFrame.parse(JSON.parse(data));
      expect(parsed.frame).toBe(name);
      all.push(parsed);
    }
  }

  test("everything is read, and nothing found in sound files", async () => {
    // The test before may not have given its turn back yet.
    const all = (await frames(await verify(verifier))).filter(({ frame }) => frame !== "waiting");
    expect(all[0]).toMatchObject({ frame: "started", brokerId: leader });
    expect(all.at(-1)).toMatchObject({
      frame: "end",
      how: "complete",
      batches: dumped.length,
      records: String(COUNT),
      findings: 0,
      vanished: 0,
    });
  });

  test("who leaves, ends it: the next one begins at once", async () => {
    const slow = new Verifier({ bytesPerSecond: 100_000 });
    const first = await verify(slow);
    const second = await verify(slow);
    expect(Buffer.from((await second.next()).value ?? []).toString()).toContain('"waiting"');
    await first.return();
    expect(Buffer.from((await second.next()).value ?? []).toString()).toContain('"started"');
    await second.return();
    expect(await second.next()).toEqual({ done: true, value: undefined });
    await slow.close();
  });

  test("a shutdown ends it with a word", async () => {
    const slow = new Verifier({ bytesPerSecond: 100_000 });
    const stream = await verify(slow);
    const told = frames(stream);
    await slow.close();
    expect((await told).at(-1)).toMatchObject({ frame: "end", how: "stopped" });
  });
});

describe("which directory is read", () => {
  test("a mounted one goes before the broker's own; a link that its owner made leads to it", async () => {
    const mounts = await mkdtemp(join(tmpdir(), "mounts-"));
    try {
      await symlink(dirOf(one), join(mounts, "b1"));
      const { replicas } = await list(rolled, withLogDirs(new Map([[one, [join(mounts, "b1")]]])));
      expect(replicas.map(({ access }) => access)).toMatchObject([
        { state: "readable", from: "mounted", logDir: dirOf(one) },
        { state: "readable", from: "own" },
      ]);
    } finally {
      await rm(mounts, { recursive: true });
    }
  });

  test("another broker's, another cluster's, one that isn't there: refused, and the broker's own read", async () => {
    const other = await mkdtemp(join(tmpdir(), "other-"));
    await writeFile(join(other, "meta.properties"), `version=1\ncluster.id=elsewhere\nnode.id=${one}\n`);
    for (const path of [dirOf(two), other, join(other, "nowhere")]) {
      const { replicas } = await list(rolled, withLogDirs(new Map([[one, [path]]])));
      expect(replicas[0]?.access).toMatchObject({ state: "readable", from: "own" });
    }
    await rm(other, { recursive: true });
  });

  test("brokers that keep their logs elsewhere: sizes, and how to give access", async () => {
    told.elsewhere = true;
    const listed = await list(rolled);
    expect(listed.replicas).toMatchObject([
      { brokerId: one, segments: [], directory: null, access: { state: "unreadable", reason: "not-here" } },
      { brokerId: two, segments: [], directory: null, access: { state: "unreadable", reason: "not-here" } },
    ]);
    expect(listed.replicas[0]?.access).toMatchObject({
      detail: expect.stringContaining(`TAILRACE_LOG_DIRS=${one}=/mnt/broker-${one}`),
    });
    expect(Number(listed.replicas[0]?.sizeBytes)).toBeGreaterThan(MIB);
    await expect(locate(rolled, { offset: "1" })).rejects.toMatchObject({ code: "segments-unreadable" });
    const stored = await storage(rolled);
    expect(stored.replicas).toMatchObject([
      { brokerId: one, segments: null, oldestTimestampMs: null, freesBytes: null },
      { brokerId: two, segments: null, oldestTimestampMs: null, freesBytes: null },
    ]);
    expect(stored.missing.map(({ part }) => part)).toEqual([`segments on broker ${one}`, `segments on broker ${two}`]);
  });
});

describe("a cluster whose disks aren't to be read", () => {
  const off: Context = { ...ctx, cluster: { ...ctx.cluster, logDirs: "off" } };

  test("sizes only, and who can allow it", async () => {
    const { replicas } = await list(rolled, off);
    expect(replicas).toMatchObject(
      [one, two].map((brokerId) => ({
        brokerId,
        segments: [],
        sideFiles: [],
        directory: null,
        bytesRead: "0",
        access: { reason: "switched-off", detail: expect.stringContaining("Whoever runs Tailrace can allow it") },
      })),
    );
    expect(Number(replicas[0]?.sizeBytes)).toBeGreaterThan(MIB);
    const stored = await storage(rolled, off);
    expect(stored.replicas.map(({ segments, freesBytes }) => [segments, freesBytes])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(stored.missing).toMatchObject([{ part: "segments", code: "segments-unreadable" }]);
  });

  test("every way to a file is closed: batches, counts, look-up, verification", async () => {
    const place = { ...params(rolled), baseOffset: "0" };
    const query = batchesContract.query.parse({});
    const refused = { code: "segments-unreadable", message: expect.stringContaining("switched off") };
    await expect(listBatches(off, { params: place, query, body: undefined })).rejects.toMatchObject(refused);
    await expect(countSegment(off, { params: place, query: {}, body: undefined })).rejects.toMatchObject(refused);
    await expect(locate(rolled, { offset: "1" }, off)).rejects.toMatchObject(refused);
    const streamed = { ...off, tails, verifier, viewing: new AbortController().signal, lastEventId: null };
    await expect(verifySegments(streamed, { params: params(rolled), ...none })).rejects.toMatchObject(refused);
  });
});

describe("a topic's storage", () => {
  test("every replica's bytes, segments and age; growth from the second time on", async () => {
    const first = await storage(rolled);
    expect(first).toMatchObject({
      replicas: [
        { partition: 0, brokerId: one, leader: true, oldestTimestampMs: "1000", freesBytes: "0" },
        { partition: 0, brokerId: two, leader: false, oldestTimestampMs: "1000", freesBytes: "0" },
      ],
      missing: [],
    });
    const { replicas } = await list(rolled);
    expect(first.replicas.map(({ segments }) => segments)).toEqual(replicas.map(({ segments }) => segments.length));
    await topics.send(rolled, [{ partition: 0, value: randomBytes(5_000) }]);
    await vi.waitFor(async () => expect((await storage(rolled)).growth?.bytesPerSecond).toBeGreaterThan(0), {
      timeout: 10_000,
      interval: 300,
    });
  });

  test("internal topics too", async () => {
    const { replicas } = await storage("__consumer_offsets");
    expect(replicas.length).toBeGreaterThan(0);
    expect(replicas.every(({ segments }) => segments !== null && segments > 0)).toBe(true);
  });
});
