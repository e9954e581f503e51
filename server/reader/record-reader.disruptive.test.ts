import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pidOfBroker } from "#scripts/testing/broker-process.ts";
import { everything, FollowedReader } from "#scripts/testing/follow-reader.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { startTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { produce } from "../kafka/produce.ts";
import { readMetadata } from "../kafka/read-metadata.ts";
import { batchOfOne } from "../kafka/record-to-send.ts";

const VICTIM = 2;
const topics = new TestTopics();
const { ctx, close } = serviceContext();
const { reading } = ctx;
const assignment = [
  [1, 2, 3],
  [2, 3, 1],
  [3, 1, 2],
];

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
}, 120_000);

afterAll(async () => {
  await startTestBroker(testCluster(), VICTIM);
  await waitTestClusterHealthy(testCluster());
  await close();
  await topics.close();
}, 120_000);

/**
 * Sends numbered messages to each partition, one after another, until told to stop; what the brokers acknowledged is kept by
 * its place. A partition whose leader hangs doesn't hold up the others, as it would in one producer of kafkajs.
 */
function numberedLoad(topic: string): { stop(): Promise<readonly string[]> } {
  let stopped = false;
  const acknowledged: string[] = [];
  const send = async (partition: number, number: number) => {
    const { topics: told } = await readMetadata(ctx.kafka, [topic], ctx.signal);
    const leader = told[0]?.partitions[partition]?.leader ?? null;
    if (leader === null) return;
    const record = { key: null, value: Buffer.from(String(number)), headers: [], timestampMs: Date.now() };
    const records = batchOfOne(record);
    const answer = await produce(ctx.kafka, leader, { topic, partition, records }, ctx.signal);
    if (answer?.errorCode === 0) acknowledged.push(`${partition}@${answer.offset}=${number}`);
  };
  const running = assignment.map(async (_, partition) => {
    for (let number = 0; !stopped; number++) {
      await send(partition, number).catch(() => {});
      // A broker that refuses at once must not keep everything else from happening.
      await nextTurn();
    }
  });
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(running);
      return acknowledged;
    },
  };
}

/** Every offset is seen once, by both, and whatever was acknowledged is there as it was sent. */
function expectExactlyOnce(followed: FollowedReader, fresh: FollowedReader, acknowledged: readonly string[]): void {
  const placed = ({ seen }: FollowedReader) => seen.map((one) => `${one.partition}@${one.offset}=${one.value}`).sort();
  expect([followed.faults, fresh.faults]).toEqual([[], []]);
  expect(placed(followed)).toEqual(placed(fresh));
  const offsets = [...fresh.reader.positions().values()].reduce((sum, next) => sum + next);
  expect(followed.seen).toHaveLength(Number(offsets));
  const there = new Set(placed(followed));
  expect(acknowledged.filter((one) => !there.has(one))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
}

test("a broker is killed and started again while messages arrive: each is seen once", async () => {
  const topic = await topics.create({ assignment, configs: { "min.insync.replicas": "2" } });
  const followed = await FollowedReader.open(reading, everything(topic));
  const load = numberedLoad(topic);
  await followed.until("a first stretch", ({ seen }) => seen.length > 100);
  process.kill(pidOfBroker(VICTIM), "SIGKILL");
  const before = followed.seen.length;
  await followed.until("messages after the kill", ({ seen }) => partitionsSince(seen.slice(before)) === 3, 40_000);
  await startTestBroker(testCluster(), VICTIM);
  await waitTestClusterHealthy(testCluster());
  const healed = followed.seen.length;
  await followed.until("messages after the return", ({ seen }) => partitionsSince(seen.slice(healed)) === 3, 40_000);
  const acknowledged = await load.stop();
  const fresh = await FollowedReader.open(reading, everything(topic));
  await fresh.until("the end", ({ reader, seen }) => seen.length > 0 && reader.behind() === 0n);
  await followed.until("the same", ({ seen }) => seen.length >= fresh.seen.length);
  expectExactlyOnce(followed, fresh, acknowledged);
  expect(followed.told("gap")).toEqual([]);
  expect(followed.told("gone")).toEqual([]);
  await followed.until("nothing to wait for", () => followed.told("waiting").at(-1)?.waiting == null);
  await followed.close();
  await fresh.close();
});

test("a broker that hangs holds up only what it leads, until that has other leaders", async () => {
  const topic = await topics.create({ assignment });
  const single = await topics.create({ assignment: [[VICTIM]] });
  const request = { ...everything(topic), selection: { topics: [topic, single], partitions: null } };
  const followed = await FollowedReader.open(reading, request);
  const load = numberedLoad(topic);
  await followed.until("a first stretch", ({ seen }) => seen.length > 30);
  const pid = pidOfBroker(VICTIM);
  process.kill(pid, "SIGSTOP");
  try {
    const stopped = followed.seen.length;
    // Until the controller has fenced the one that hangs, what it leads takes nothing.
    await followed.until("all partitions again", ({ seen }) => partitionsSince(seen.slice(stopped)) === 3, 60_000);
    await followed.until(
      "a word about the other",
      () => followed.told("waiting").at(-1)?.waiting?.partitions === 1,
      30_000,
    );
    expect(followed.reader.behind()).toBeNull();
    const late = await FollowedReader.open(reading, { ...request, start: { kind: "now" } });
    await late.until("what has leaders", () => late.told("partitions").flatMap(({ added }) => added).length === 3);
    await late.close();
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await waitTestClusterHealthy(testCluster());
  const acknowledged = await load.stop();
  const fresh = await FollowedReader.open(reading, everything(topic));
  await fresh.until("the end", ({ reader, seen }) => seen.length > 0 && reader.behind() === 0n);
  await followed.until("the same", ({ seen }) => seen.length >= fresh.seen.length);
  expectExactlyOnce(followed, fresh, acknowledged);
  await followed.until("the other again", () => followed.told("waiting").at(-1)?.waiting == null);
  await followed.close();
  await fresh.close();
});

function partitionsSince(seen: readonly { partition: number }[]): number {
  return new Set(seen.map(({ partition }) => partition)).size;
}
