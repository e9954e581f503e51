import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listSegments as listContract } from "#lib/contracts/segments.ts";
import { getTopicStorage as storageContract } from "#lib/contracts/topic-storage.ts";
import { dumpLog } from "#scripts/testing/dump-log.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { startTestBroker, stopTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import type { ClusterContext } from "../../context.ts";
import { getTopicStorage } from "./get-topic-storage.ts";
import { listBatches } from "./list-batches.ts";
import { listSegments } from "./list-segments.ts";

const AWAY = 2;
const SEEN_WITHIN_MS = 10_000;
const topics = new TestTopics();
const seen = serviceContext();
const fresh = serviceContext();
let topic: string;

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
  topic = await topics.create({
    assignment: [[1, AWAY]],
    configs: { "segment.bytes": "1048576", "retention.ms": "-1" },
  });
  for (let round = 0; round < 3; round++) {
    await topics.send(
      topic,
      Array.from({ length: 500 }, () => ({ partition: 0, value: randomBytes(1_000) })),
    );
  }
}, 120_000);

afterAll(async () => {
  await startTestBroker(testCluster(), AWAY);
  await waitTestClusterHealthy(testCluster());
  await Promise.all([seen.close(), fresh.close()]);
  await topics.close();
}, 120_000);

const segmentsOf = async (ctx: ClusterContext) => {
  const params = { cluster: "test", topic, partition: 0 };
  return listContract.response.parse(await listSegments(ctx, { params, query: {}, body: undefined }));
};
const storageOf = async (ctx: ClusterContext) => {
  const input = { params: { cluster: "test", topic }, query: {}, body: undefined };
  return storageContract.response.parse(await getTopicStorage(ctx, input));
};
const of = <One extends { readonly brokerId: number }>(replicas: readonly One[]) =>
  replicas.find(({ brokerId }) => brokerId === AWAY);
/** Nobody samples groups here. */
const ofBrokers = ({ missing }: { missing: readonly { part: string; brokerId?: number | undefined }[] }) =>
  missing.filter(({ brokerId }) => brokerId !== undefined).map(({ part }) => part);

test("a stopped broker's files are read where it told that it keeps them; by a server that never heard it, they aren't", async () => {
  // The follower has all of it.
  const before = await vi.waitFor(
    async () => {
      const told = await storageOf(seen.ctx);
      expect(of(told.replicas)).toMatchObject({ offsetLag: "0", inSync: true });
      expect(new Set(told.replicas.map(({ sizeBytes }) => sizeBytes)).size).toBe(1);
      return told;
    },
    { timeout: SEEN_WITHIN_MS, interval: 200 },
  );
  expect(before.away).toEqual([]);
  const dumped = await dumpLog(topic, 0, AWAY);
  await stopTestBroker(testCluster(), AWAY);

  const listed = await vi.waitFor(
    async () => {
      const now = await segmentsOf(seen.ctx);
      expect(of(now.replicas)).toMatchObject({ inSync: false, access: { state: "readable", from: "own" } });
      return now;
    },
    { timeout: SEEN_WITHIN_MS, interval: 200 },
  );
  const replica = of(listed.replicas);
  expect(replica?.access).toMatchObject({ away: { toldAtMs: expect.any(Number) } });
  expect(replica?.segments.map(({ baseOffset }) => baseOffset)).toEqual(
    dumped.filter(({ position }) => position === "0").map(({ baseOffset }) => baseOffset),
  );
  expect(replica).toMatchObject({ sizeBytes: of(before.replicas)?.sizeBytes, offsetLag: null });
  expect(ofBrokers(listed)).toEqual([]);

  const stored = await storageOf(seen.ctx);
  expect(of(stored.replicas)).toMatchObject({
    sizeBytes: of(before.replicas)?.sizeBytes,
    segments: of(before.replicas)?.segments,
    freesBytes: "0",
  });
  expect(stored.away).toMatchObject([{ brokerId: AWAY, toldAtMs: expect.any(Number) }]);
  expect(stored.missing).toEqual([]);

  const params = { cluster: "test", topic, partition: 0, baseOffset: "0" };
  const query = { broker: AWAY, position: "0", limit: 500 };
  const { batches } = await listBatches(seen.ctx, { params, query, body: undefined });
  expect(batches.length).toBeGreaterThan(0);
  expect(batches.every(({ crcMatches }) => crcMatches === true)).toBe(true);

  const never = await segmentsOf(fresh.ctx);
  expect(of(never.replicas)).toMatchObject({ sizeBytes: null, access: { state: "unreadable", reason: "broker-away" } });
  expect(ofBrokers(never)).toEqual([`sizes and segments on broker ${AWAY}`]);
  const { replicas, away, missing } = await storageOf(fresh.ctx);
  expect(of(replicas)).toMatchObject({ sizeBytes: null, segments: null });
  expect(away).toEqual([]);
  // One broker that is away is one word, not two.
  expect(missing).toMatchObject([{ part: `sizes and segments on broker ${AWAY}`, brokerId: AWAY }]);
  expect(missing[0]?.detail).toContain("isn't known until it tells");
}, 60_000);
