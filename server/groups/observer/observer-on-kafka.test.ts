import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getOverview } from "#server/clusters/get-overview.ts";
import { getGroup } from "#server/groups/get-group.ts";
import { getGroupLag } from "#server/groups/get-group-lag.ts";
import { exactTimeLag } from "./exact-time-lag.ts";

const topics = new TestTopics();
const groups = new TestGroups();
let { ctx, close } = serviceContext();

beforeEach(() => {
  ({ ctx, close } = serviceContext());
});

afterEach(async () => {
  vi.useRealTimers();
  await close();
});

afterAll(async () => {
  await groups.close();
  await topics.close();
});

/** Samples the cluster as if so many steps of 10 s had passed; what waits is waited for as ever. */
async function watchFor(steps: number): Promise<void> {
  if (!vi.isFakeTimers()) vi.useFakeTimers({ now: Date.now(), toFake: ["Date", "performance"] });
  for (let step = 0; step < steps; step++) {
    vi.advanceTimersByTime(10_000);
    await ctx.state.groupObserver.sample(ctx.signal, ctx);
  }
}

async function highWatermark(topic: string, wanted: bigint): Promise<void> {
  await vi.waitFor(
    async () => {
      const { value } = await ctx.state.topicOffsets.get(ctx.signal);
      expect(value.latest.offsets.get(topic)?.[0]).toBe(wanted);
    },
    { timeout: 10_000 },
  );
}

/** Two messages and their marker, three aborted ones and theirs: 7 offsets, of which a reader sees two. */
async function transactionalTopic(): Promise<string> {
  const topic = await topics.create({ partitions: 1 });
  const producer = await topics.transactionalProducer();
  const kept = await producer.transaction();
  await kept.send({ topic, messages: [{ value: "a" }, { value: "b" }] });
  await kept.commit();
  await highWatermark(topic, 3n);
  const aborted = await producer.transaction();
  await aborted.send({ topic, messages: [{ value: "c" }, { value: "d" }, { value: "e" }] });
  await aborted.abort();
  await highWatermark(topic, 7n);
  return topic;
}

/** A group of one member that holds the partition and never commits anew. */
async function standingGroup(topic: string, committed: number): Promise<string> {
  const group = groups.name("observed");
  await groups.commit(group, { [topic]: { 0: committed } });
  await groups.classicMember({ group, topics: [topic], commit: false });
  return group;
}

const kinds = (group: string) => (ctx.state.groupObserver.judged.get(group) ?? []).map(({ kind }) => kind);

test("a member before markers and aborted messages alone isn't stuck; one before a message is", async () => {
  const topic = await transactionalTopic();
  const [done, behind] = [await standingGroup(topic, 2), await standingGroup(topic, 1)];
  await watchFor(25);
  const { groupObserver } = ctx.state;
  expect(groupObserver.nothingReadable(topic, 0, 2n, 7n)).toBe(true);
  expect(groupObserver.nothingReadable(topic, 0, 1n, 7n)).toBe(false);
  expect([kinds(done), kinds(behind)]).toEqual([[], ["stuck"]]);
  const group = await getGroup(ctx, { params: { cluster: "test", group: done }, query: {}, body: undefined });
  expect(group.partitions).toMatchObject([{ lag: "5", nothingReadable: true }]);

  await topics.send(topic, [{ value: "f" }]);
  await highWatermark(topic, 8n);
  await watchFor(15);
  expect(kinds(done)).toEqual([]);
  await watchFor(10);
  expect(groupObserver.nothingReadable(topic, 0, 2n, 8n)).toBe(false);
  expect(kinds(done)).toEqual(["stuck"]);

  vi.useRealTimers();
  const overview = await getOverview(ctx, { params: { cluster: "test" }, query: {}, body: undefined });
  expect(overview.groups?.stuck).toBeGreaterThanOrEqual(2);
  expect(overview.groups?.total).toBeGreaterThanOrEqual(2);
  expect(overview.problems.some(({ kind, severity }) => kind === "group" && severity === "warning")).toBe(true);
  expect(overview.ages).toContainEqual({ part: "groups", observedAtMs: groupObserver.newest?.observedAtMs });
});

test("before the first sample the overview knows no groups, and waits for none", async () => {
  const overview = await getOverview(ctx, { params: { cluster: "test" }, query: {}, body: undefined });
  expect(overview.groups).toBeNull();
  expect(overview.ages).toContainEqual({ part: "groups", observedAtMs: null });
});

test("a member at the last stable offset waits for the transaction that is open there", async () => {
  const topic = await transactionalTopic();
  const open = await (await topics.transactionalProducer()).transaction();
  await open.send({ topic, messages: [{ value: "g" }, { value: "h" }] });
  await highWatermark(topic, 9n);
  const group = await standingGroup(topic, 7);
  const behindMarkers = await standingGroup(topic, 3);
  await watchFor(25);
  await open.abort();
  expect([kinds(group), kinds(behindMarkers)]).toEqual([["open-transaction"], ["open-transaction"]]);
  const [verdict] = ctx.state.groupObserver.judged.get(group) ?? [];
  expect(sentenceText(verdict?.evidence ?? [])).toContain(
    "the last stable offset stays at 7, and 2 messages lie behind it",
  );
});

test("a member that reads and commits everything is never judged, on a transactional topic too", async () => {
  const topic = await transactionalTopic();
  const group = groups.name("observed");
  await groups.javaMember({ group, topics: [topic], config: { "isolation.level": "read_committed" } });
  await groups.awaitCommitted(group, topic, { 0: 7 });
  await watchFor(40);
  expect(kinds(group)).toEqual([]);
});

test("exact time lag is the age of the message at the commit, past markers, and none at the end", async () => {
  const topic = await topics.create({ partitions: 2 });
  const writtenMs = Date.now() - 3_600_000;
  await topics.send(topic, [
    { value: "old", partition: 0, timestamp: String(writtenMs) },
    { value: "newer", partition: 0, timestamp: String(writtenMs + 60_000) },
  ]);
  const transactional = await transactionalTopic();
  const wanted = [
    { topic, partition: 0, committed: 1n, lag: 1n },
    { topic, partition: 1, committed: 0n, lag: 0n },
    { topic: transactional, partition: 0, committed: 2n, lag: 5n },
    { topic: "there-is-no-such-topic", partition: 0, committed: 2n, lag: 5n },
  ];
  const times = await exactTimeLag(ctx, wanted, ctx.signal);
  expect(times.get(topic)).toEqual(new Map([[0, writtenMs + 60_000]]));
  expect(times.get(transactional)?.get(0)).toBeGreaterThan(writtenMs);
  expect([...times.keys()].sort()).toEqual([topic, transactional].sort());
});

test("two hundred partitions are looked up within the time a page waits, and a second time from memory", async () => {
  const topic = await topics.create({ partitions: 250, replicationFactor: 1, assignment: [] });
  const messages = Array.from({ length: 250 }, (_, partition) => ({ value: "x", partition }));
  await topics.send(topic, messages);
  const wanted = messages.map(({ partition }) => ({ topic, partition, committed: 0n, lag: BigInt(partition + 1) }));
  const times = await vi.waitFor(
    async () => {
      const found = await exactTimeLag(ctx, wanted, ctx.signal);
      expect(found.get(topic)?.size).toBe(200);
      return found;
    },
    { timeout: 15_000 },
  );
  expect(times.get(topic)?.has(0)).toBe(false);
  expect(times.get(topic)?.has(249)).toBe(true);
});

test("a viewer who leaves isn't kept", async () => {
  const gone = AbortSignal.abort();
  const wanted = [{ topic: "any", partition: 0, committed: 0n, lag: 1n }];
  await expect(exactTimeLag(ctx, wanted, gone)).rejects.toMatchObject({ code: "cancelled" });
});

test("the lag of an hour is told in all and by partition, and before it was sampled there is none", async () => {
  const topic = await topics.create({ partitions: 2 });
  await topics.send(topic, [
    { value: "a", partition: 0 },
    { value: "b", partition: 0 },
    { value: "c", partition: 1 },
  ]);
  const group = groups.name("observed");
  await groups.commit(group, { [topic]: { 0: 0, 1: 0 } });
  const params = { cluster: "test", group };
  const none = await getGroupLag(ctx, { params, query: {}, body: undefined });
  expect(none).toMatchObject({ atMs: [], total: [], partitions: [], observedSinceMs: null });

  await watchFor(3);
  const lag = await getGroupLag(ctx, { params, query: {}, body: undefined });
  expect(lag).toMatchObject({ stepMs: 10_000, total: ["3", "3", "3"], omitted: 0 });
  expect(lag.partitions).toEqual([
    { topic, partition: 0, lag: ["2", "2", "2"] },
    { topic, partition: 1, lag: ["1", "1", "1"] },
  ]);
  expect(lag.atMs).toEqual(lag.atMs.toSorted((a, b) => a - b));
  expect(lag.observedSinceMs).toBe(lag.atMs[0]);

  const one = await getGroupLag(ctx, { params, query: { topic, partition: 1 }, body: undefined });
  expect(one).toMatchObject({ total: ["1", "1", "1"], partitions: [{ partition: 1 }], omitted: 0 });
  const other = await getGroupLag(ctx, { params, query: { topic: "other" }, body: undefined });
  expect(other).toMatchObject({ total: [null, null, null], partitions: [], omitted: 0 });
});
