import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { CopiedPartition } from "#scripts/testing/copied-partition.ts";
import { logDirOf } from "#scripts/testing/dump-segments.ts";
import { readBatchOfTest } from "#scripts/testing/read-stored-batch.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { countSegment } from "./count-segment.ts";
import { type DescribedSegment, describeSegment } from "./describe-segment.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import { locate } from "./locate.ts";
import { openSegment } from "./open-segment.ts";
import { pageBatches } from "./page-batches.ts";
import { FenceError, LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import type { VerifyEvent } from "./verify/verify-event.ts";
import { verifyPartition } from "./verify/verify-partition.ts";

const YEAR_2023 = 1_700_000_000_000;
const CLEANING_MS = 90_000;
const { signal } = new AbortController();
const topics = new TestTopics();
afterAll(() => topics.close());

async function topicWith(configs: Record<string, string>): Promise<[string, PartitionDirectory]> {
  const topic = await topics.create({ partitions: 1, replicationFactor: 1, assignment: [], configs });
  return [topic, await (await LogDirectory.open(logDirOf(topic, 0))).partition(topic, 0)];
}

/** Everything that reads, once; what it took for damaged. Vanished is what the broker did. */
async function readAll(directory: PartitionDirectory) {
  const damage: { kind: string; detail: string }[] = [];
  const events: VerifyEvent[] = [];
  const described: DescribedSegment[] = [];
  let gone = 0;
  const { segments } = await listSegmentFiles(directory);
  for (const place of segments) {
    const one = await describeSegment(directory, place);
    if (one === null) gone++;
    else described.push(one);
    damage.push(...(one?.damage ?? []));
    try {
      damage.push(...(await countSegment(directory, place, signal)).damage);
      const { baseOffset } = place;
      damage.push(...(await pageBatches(directory, place, { offset: baseOffset + 7n }, 50, signal)).damage);
    } catch (error) {
      if (!(error instanceof FenceError) || error.reason !== "vanished") throw error;
      gone++;
    }
  }
  await verifyPartition(directory, Number.POSITIVE_INFINITY, (event) => events.push(event), signal);
  for (const event of events) if (event.kind === "damage") damage.push(event.damage);
  return { damage: damage.filter(({ kind }) => kind !== "vanished"), described, gone, end: events.at(-1) };
}

test("while it is written and rolled: never damaged, never less than before", async () => {
  const [topic, directory] = await topicWith({ "retention.ms": "-1", "segment.ms": "20000" });
  let last = -1n;
  let writing = true;
  const writer = (async () => {
    for (let i = 0; i < 60; i++) {
      const timestamp = String(YEAR_2023 + i * 1_000);
      await topics.send(
        topic,
        Array.from({ length: 40 }, (_, n) => ({ value: `${i} ${n} `.repeat(30), timestamp })),
      );
    }
    writing = false;
  })();
  while (writing) {
    const { damage, described, gone } = await readAll(directory);
    expect([damage, gone]).toEqual([[], 0]);
    const newest = described.findLast(({ lastOffset }) => lastOffset !== null)?.lastOffset ?? -1n;
    expect(newest).toBeGreaterThanOrEqual(last);
    last = newest;
  }
  await writer;
  const { end, described } = await readAll(directory);
  expect(end).toMatchObject({ records: 2_400n, findings: 0 });
  expect(described.length).toBeGreaterThan(2);
  expect(described.at(-1)?.lastOffset).toBe(2_399n);
});

test("while compaction replaces it: no look mixes the old files with the new", {
  timeout: CLEANING_MS + 10_000,
}, async () => {
  const [topic, directory] = await topicWith({
    "cleanup.policy": "compact",
    "segment.ms": "20000",
    "min.cleanable.dirty.ratio": "0.01",
    "max.compaction.lag.ms": "100",
  });
  const send = (i: number) => {
    const timestamp = String(YEAR_2023 + i * 5_000);
    const messages = Array.from({ length: 100 }, (_, n) => ({
      key: n < 90 ? `key ${n}` : `once ${i} ${n}`,
      value: `${i} `.repeat(100),
      timestamp,
    }));
    return topics.send(topic, messages);
  };
  for (let i = 0; i < 20; i++) await send(i);
  const before = (await listSegmentFiles(directory)).segments.length;
  expect(before).toBeGreaterThan(3);
  const until = performance.now() + CLEANING_MS;
  let cleaned = false;
  while (!cleaned && performance.now() < until) {
    const { damage, end } = await readAll(directory);
    expect(damage).toEqual([]);
    const found = await locate(directory, { offset: 195n }, readBatchOfTest, signal);
    expect(found).toMatchObject({ record: { offset: 195n }, stopped: false });
    cleaned = end?.kind === "end" && end.vanished === 0 && end.records < 1_000n;
  }
  expect(cleaned).toBe(true);
});

test("a swap between the opening of two files is noticed", async () => {
  const [topic, directory] = await topicWith({
    "retention.ms": "-1",
    "segment.ms": "5000",
    "index.interval.bytes": "1",
  });
  for (let i = 0; i < 4; i++) {
    await topics.send(topic, [{ value: `${i}`, timestamp: String(YEAR_2023 + i * 3_000) }]);
  }
  const copy = new CopiedPartition(logDirOf(topic, 0), topic, 0);
  onTestFinished(() => copy.close());
  const [log = ""] = copy.files(".log");
  const copied = await copy.open();
  const openFile = copied.openFile.bind(copied);
  let swaps = 0;
  // As the cleaner does: another file under the same name, just before the log is opened.
  copied.openFile = async (name) => {
    const file = await openFile(name);
    if (name === log && swaps++ === 0) {
      const bytes = copy.bytes(log);
      copy.remove(log);
      copy.write(log, bytes);
    }
    return file;
  };
  const described = await describeSegment(copied, { baseOffset: 0n, active: false, kinds: new Set(["log"]) });
  expect(described?.damage).toEqual([]);
  expect(swaps).toBe(2);
  expect(directory.name).toBe(copied.name);
});

test("while retention, then the topic's deletion takes it: what goes is said to have gone", {
  timeout: CLEANING_MS,
}, async () => {
  // The broker looks every 30 s; what is to be deleted lies there already.
  const [topic, directory] = await topicWith({ "retention.ms": "1000", "segment.ms": "5000" });
  for (let i = 0; i < 10; i++) {
    await topics.send(topic, [{ value: `${i}`, timestamp: String(YEAR_2023 + i * 10_000) }]);
  }
  const { segments } = await listSegmentFiles(directory);
  const [oldest] = segments;
  if (oldest === undefined) throw new Error("no segment");
  // Opened before, it stays readable to its end, whatever its name is then.
  const held = await openSegment(directory, oldest);
  const path = join(directory.path, held.log.name);
  while (existsSync(path)) expect((await readAll(directory)).damage).toEqual([]);
  expect((await held.log.read(0, held.log.sizeBytes)).length).toBe(held.log.sizeBytes);
  await held.close();
  expect(await describeSegment(directory, oldest)).toBeNull();
  await expect(countSegment(directory, oldest, signal)).rejects.toMatchObject({ reason: "vanished" });
  const admin = topics.kafka.admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  await admin.deleteTopics({ topics: [topic] });
  const gone = () => expect(listSegmentFiles(directory)).rejects.toMatchObject({ reason: "vanished" });
  await vi.waitFor(gone, { timeout: CLEANING_MS / 2, interval: 100 });
});
