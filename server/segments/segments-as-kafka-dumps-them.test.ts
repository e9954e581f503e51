import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { kafkaRuntime } from "#scripts/local-kafka/tools.ts";
import { checkIndexesByTool, type DumpedSegment, dumpSegments, logDirOf } from "#scripts/testing/dump-segments.ts";
import { readBatchOfTest } from "#scripts/testing/read-stored-batch.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { codecOf, codecs, isControl, isTransactional } from "../reader/record-batch.ts";
import { type CountProgress, countSegment } from "./count-segment.ts";
import { describeSegment } from "./describe-segment.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import { locate } from "./locate.ts";
import { openSegment, type SegmentPlace } from "./open-segment.ts";
import { type PagedBatch, pageBatches } from "./page-batches.ts";
import { LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";
import { firstTimestampOf } from "./stored-timestamps.ts";
import type { VerifyEvent } from "./verify/verify-event.ts";
import { verifyPartition } from "./verify/verify-partition.ts";

const SOURCE = fileURLToPath(new URL("../../scripts/testing/JavaProducer.java", import.meta.url));
const JAVA_TIMEOUT_MS = 120_000;
const COMPACTION_MS = 90_000;
const RECORDS = 400;
const { signal } = new AbortController();

const topics = new TestTopics();
afterAll(() => topics.close());

/** All that is read of a partition here, beside what Kafka's tool prints of it. */
async function both(topic: string, partition: number) {
  const logDir = logDirOf(topic, partition);
  const directory = await (await LogDirectory.open(logDir)).partition(topic, partition);
  const dumped = await dumpSegments(join(logDir, `${topic}-${partition}`));
  const { segments } = await listSegmentFiles(directory);
  const rolled = segments.filter(({ active }) => !active).map(({ baseOffset }) => segmentFileName(baseOffset, "log"));
  expect(dumped.wrong.filter((file) => rolled.some((log) => file.startsWith(log.slice(0, 20))))).toEqual([]);
  expect(segments.map(({ baseOffset }) => String(baseOffset))).toEqual([...dumped.segments.keys()].sort(numerically));
  return { directory, segments, dumped: dumped.segments };
}

const numerically = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1);

async function allBatches(directory: PartitionDirectory, baseOffset: bigint, active: boolean): Promise<PagedBatch[]> {
  const batches: PagedBatch[] = [];
  for (let position: number | null = 0; position !== null; ) {
    const page = await pageBatches(directory, { baseOffset, active }, { position }, 7, signal);
    expect(page.damage).toEqual([]);
    batches.push(...page.batches);
    position = page.nextPosition;
  }
  return batches;
}

function asDumped(batch: PagedBatch) {
  if (batch.kind === "old") throw new Error("an old batch");
  const { header, position, crcMatches } = batch;
  return {
    position: String(position),
    baseOffset: String(header.baseOffset),
    lastOffset: String(header.lastOffset),
    count: String(header.records),
    baseSequence: String(header.baseSequence),
    producerId: String(header.producerId),
    producerEpoch: String(header.producerEpoch),
    partitionLeaderEpoch: String(header.leaderEpoch),
    isTransactional: String(isTransactional(header.attributes)),
    isControl: String(isControl(header.attributes)),
    size: String(header.sizeBytes),
    magic: String(header.magic),
    compresscodec: codecOf(header.attributes),
    crc: String(header.crc),
    isvalid: String(crcMatches),
  };
}

async function expectSame(topic: string, partition: number) {
  const { directory, segments, dumped } = await both(topic, partition);
  const totals = { batches: 0, records: 0n, indexEntries: 0, bytes: 0 };
  for (const files of segments) {
    const { baseOffset, active } = files;
    const truth = dumped.get(String(baseOffset)) as DumpedSegment;
    const batches = await allBatches(directory, baseOffset, active);
    const known = Object.keys(batches[0] === undefined ? {} : asDumped(batches[0]));
    expect(batches.map(asDumped)).toEqual(
      truth.batches.map((batch) => Object.fromEntries(known.map((name) => [name, batch[name]?.toLowerCase()]))),
    );
    const markers = batches.flatMap((batch) =>
      batch.kind === "batch" && batch.controlType !== null
        ? [`${batch.header.baseOffset} ${batch.controlType.toUpperCase()}`]
        : [],
    );
    expect(markers).toEqual(truth.markers);
    const described = await describeSegment(directory, files);
    expect(described?.damage).toEqual([]);
    const last = truth.batches.at(-1);
    expect(described).toMatchObject({
      lastOffset: last === undefined ? null : BigInt(last.lastOffset ?? ""),
      sizeBytes: truth.batches.reduce((sum, { size }) => sum + Number(size), 0),
    });
    const latest = truth.batches.map(({ CreateTime, LogAppendTime }) => Number(CreateTime ?? LogAppendTime));
    expect(described?.maxTimestampMs).toBe(BigInt(Math.max(...latest)));
    const { offsets, times } = await entriesOf(directory, baseOffset, active);
    // The tool prints a preallocated tail's first zeros as an entry.
    expect(offsets).toEqual(truth.offsetEntries.filter((entry) => !isZeros(entry, baseOffset)));
    expect(times).toEqual(truth.timeEntries.filter((entry) => !isZeros(entry, baseOffset, "0")));
    const counted = await countSegment(directory, files, signal);
    const data = truth.batches.filter(({ isControl: control }) => control === "false");
    const sum = (all: readonly Record<string, string>[]) =>
      all.reduce((total, { count }) => total + BigInt(count ?? ""), 0n);
    expect(sum(truth.batches)).toBe(BigInt(truth.records));
    expect(counted).toMatchObject({
      batches: truth.batches.length,
      records: sum(data),
      controlBatches: truth.batches.length - data.length,
      transactionalBatches: truth.batches.filter((batch) => batch.isTransactional === "true").length,
      gaps: last === undefined ? 0n : BigInt(last.lastOffset ?? "") - baseOffset + 1n - BigInt(truth.records),
      damage: [],
      complete: true,
    });
    const { bytesRead: _, ...sums } = counted;
    expect(await countedInParts(directory, files)).toMatchObject(sums);
    totals.batches += truth.batches.length;
    totals.records += sum(data);
    totals.indexEntries += offsets.length + times.length;
    totals.bytes += described?.sizeBytes ?? 0;
  }
  expect(await verified(directory)).toEqual({
    damage: [],
    end: expect.objectContaining({ how: "complete", segments: segments.length, findings: 0, vanished: 0, ...totals }),
  });
  return { directory, segments, batches: [...dumped.values()].flatMap(({ batches }) => batches) };
}

/** As several requests count it, 50 batches each. */
async function countedInParts(directory: PartitionDirectory, place: SegmentPlace) {
  for (let from: CountProgress | undefined; ; ) {
    let walked = 0;
    const keep = (progress: CountProgress) => {
      from = progress;
    };
    const counted = await countSegment(directory, place, signal, { from, keep, isEnough: () => ++walked === 50 });
    if (counted.complete) return counted;
  }
}

/** A damaged index entry is not among them: the tool's `0:0` of an active index's tail is. */
function isZeros(entry: string, baseOffset: bigint, first?: string): boolean {
  return entry === (first === undefined ? `${baseOffset}:0` : `${first}:${baseOffset}`);
}

async function entriesOf(directory: PartitionDirectory, baseOffset: bigint, active: boolean) {
  const segment = await openSegment(directory, { baseOffset, active });
  try {
    const offsets: string[] = [];
    const times: string[] = [];
    for await (const stretch of segment.offsets?.stretches() ?? []) {
      offsets.push(...stretch.map(({ offset, position }) => `${offset}:${position}`));
    }
    for await (const stretch of segment.times?.stretches() ?? []) {
      times.push(...stretch.map(({ timestampMs, offset }) => `${timestampMs}:${offset}`));
    }
    return { offsets, times };
  } finally {
    await segment.close();
  }
}

async function verified(directory: PartitionDirectory) {
  const events: VerifyEvent[] = [];
  await verifyPartition(directory, Number.POSITIVE_INFINITY, (event) => events.push(event), signal);
  const end = events.at(-1);
  return { damage: events.filter(({ kind }) => kind === "damage"), end };
}

describe("what Java's producer wrote", () => {
  let topic = "";
  beforeAll(async () => {
    const configs = { "retention.ms": "-1", "segment.ms": "100000" };
    topic = await topics.create({ partitions: codecs.length + 1, replicationFactor: 1, assignment: [], configs });
    const { java, classPath } = await kafkaRuntime();
    const args = ["-cp", classPath, SOURCE, testCluster().bootstrap.join(","), topic, String(RECORDS), ...codecs];
    await promisify(execFile)(java.command, args, { timeout: JAVA_TIMEOUT_MS });
  }, JAVA_TIMEOUT_MS + 10_000);

  test.each([...codecs.entries()])(
    "partition %i, %s: batches, indexes, counts as the tool prints them",
    async (partition) => {
      const { segments, directory, batches } = await expectSame(topic, partition);
      const rolled = segments.filter(({ active }) => !active).map(({ baseOffset }) => baseOffset);
      const indexes = rolled.flatMap((base) => [segmentFileName(base, "index"), segmentFileName(base, "timeindex")]);
      const said = await checkIndexesByTool(join(logDirOf(topic, partition), `${topic}-${partition}`), indexes);
      expect(said.filter((line) => /(passed sanity check|index is empty)\.$/.test(line))).toHaveLength(indexes.length);
      expect(indexes.length).toBeGreaterThan(1);
      for (const offset of [0n, 1n, 199n, 200n, 399n]) {
        const location = await locate(directory, { offset }, readBatchOfTest, signal);
        expect(location).toMatchObject({
          record: { offset, timestampMs: 1_700_000_000_000n + offset * 1000n },
          stopped: false,
          damage: [],
        });
        const holds = batches.find((batch) => BigInt(batch.lastOffset ?? "") >= offset);
        expect(location.steps.at(-1)).toMatchObject({
          step: "record",
          batch: { position: Number(holds?.position) },
          record: { number: Number(offset - BigInt(holds?.baseOffset ?? "")) + 1 },
        });
        const timestampMs = 1_700_000_000_000n + offset * 1000n - 999n;
        expect(await locate(directory, { timestampMs }, readBatchOfTest, signal)).toMatchObject({ record: { offset } });
      }
      expect(await locate(directory, { offset: 400n }, readBatchOfTest, signal)).toMatchObject({
        record: null,
        beforeStart: false,
        stopped: false,
      });
    },
  );

  test("committed and aborted transactions", async () => {
    const { directory, segments, batches } = await expectSame(topic, codecs.length);
    expect(batches.filter(({ isControl: control }) => control === "true")).toHaveLength(3);
    const ends = (await allBatches(directory, 0n, true)).map((batch) => batch.kind === "batch" && batch.controlType);
    expect(ends.filter(Boolean)).toEqual(["commit", "abort", "commit"]);
    const described = await describeSegment(directory, segments[0] as (typeof segments)[0]);
    expect(described?.abortedTransactions).toBe(1);
    // Behind five records lies the first commit marker: no message has its offset.
    expect(await locate(directory, { offset: 5n }, readBatchOfTest, signal)).toMatchObject({ record: { offset: 6n } });
  });
});

test("a segment with nothing but a transaction's marker", async () => {
  const now = Date.now();
  const configs = { "retention.ms": "-1", "segment.ms": "3600000", "message.timestamp.after.max.ms": "864000000" };
  const topic = await topics.create({ partitions: 1, replicationFactor: 1, assignment: [], configs });
  const producer = await topics.transactionalProducer();
  const transaction = await producer.transaction();
  // Times of their own: the marker has the broker's, more than an hour later, and so a segment of its own.
  await transaction.send({ topic, messages: [{ value: "old", timestamp: String(now - 7_200_000) }] });
  await transaction.commit();
  const segmentsNow = async () => {
    const directory = await (await LogDirectory.open(logDirOf(topic, 0))).partition(topic, 0);
    return (await listSegmentFiles(directory)).segments.map(({ baseOffset }) => baseOffset);
  };
  await vi.waitFor(async () => expect(await segmentsNow()).toEqual([0n, 1n]), { timeout: 10_000 });
  await topics.send(topic, [{ value: "young", timestamp: String(now + 86_400_000) }]);
  const { directory, segments } = await expectSame(topic, 0);
  expect(segments.map(({ baseOffset }) => baseOffset)).toEqual([0n, 1n, 2n]);
  const marker = await countSegment(directory, { baseOffset: 1n, active: false }, signal);
  expect(marker).toMatchObject({ records: 0n, controlBatches: 1, gaps: 0n });
  // Nothing to find there: the next one's first.
  const location = await locate(directory, { offset: 1n }, readBatchOfTest, signal);
  expect(location).toMatchObject({ record: { offset: 2n }, stopped: false, damage: [] });
});

test("compacted: gaps, an index as the cleaner left it, deletes with a horizon", {
  timeout: COMPACTION_MS + 30_000,
}, async () => {
  const configs = {
    "cleanup.policy": "compact",
    "segment.ms": "60000",
    "min.cleanable.dirty.ratio": "0.01",
    "max.compaction.lag.ms": "100",
  };
  const topic = await topics.create({ partitions: 1, replicationFactor: 1, assignment: [], configs });
  const began = Date.now() - 3_600_000;
  for (let batch = 0; batch < 12; batch++) {
    const messages = Array.from({ length: 60 }, (_, i) => ({
      key: i < 50 ? `key ${i}` : `once ${batch} ${i}`,
      value: i === 49 ? null : `${batch} `.repeat(200),
      timestamp: String(began + batch * 30_000 + i),
    }));
    await topics.send(topic, messages);
  }
  const directory = await (await LogDirectory.open(logDirOf(topic, 0))).partition(topic, 0);
  await vi.waitFor(
    async () => {
      const { segments, inPassing } = await listSegmentFiles(directory);
      expect(inPassing).toEqual([]);
      const [first] = segments;
      if (first === undefined) throw new Error("no segment");
      expect((await countSegment(directory, first, signal)).gaps).toBeGreaterThan(100n);
    },
    { timeout: COMPACTION_MS, interval: 500 },
  );
  const { batches } = await expectSame(topic, 0);
  expect(
    batches.some(({ lastOffset, baseOffset, count }) => Number(lastOffset) - Number(baseOffset) + 1 > Number(count)),
  ).toBe(true);
  const [first] = await allBatches(directory, 0n, false);
  if (first?.kind !== "batch") throw new Error("no batch");
  // What a null value left: the time when it may go, where the first record's stood.
  const horizon = batches[0]?.deleteHorizonMs;
  expect(firstTimestampOf(first.header)).toBe(
    horizon === undefined || horizon === "OptionalLong.empty" ? first.header.baseTimestamp : null,
  );
  for (const offset of [0n, 1n, 55n, 130n, 400n]) {
    const { record } = await locate(directory, { offset }, readBatchOfTest, signal);
    expect(record?.offset).toBeGreaterThanOrEqual(offset);
  }
});
