import { CompressionTypes } from "kafkajs";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import type { ClusterContext } from "../context.ts";
import { logger } from "../logger.ts";
import type { Change } from "./change.ts";
import { newChangeId } from "./change-id.ts";
import { MAX_CHANGES } from "./change-index.ts";
import { recordChange } from "./record-change.ts";

const topics = new TestTopics();
const opened: { close: () => Promise<void> }[] = [];
const all = { limit: 500 };
const by = { actor: "ops", requestId: "r" };
const reset: Change = {
  ...{ action: "reset-offsets", target: { group: "billing" }, before: null, after: null },
  partitions: [
    { topic: "orders", partition: 0, before: null, after: { offset: "1", leaderEpoch: null, metadata: "" } },
  ],
};

for (const level of ["info", "warn"] as const) vi.spyOn(logger, level).mockImplementation(() => {});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
afterAll(() => topics.close());

function server(changesTopic: string): ClusterContext {
  const service = serviceContext({ settings: { changesTopic } });
  opened.push(service);
  return service.ctx;
}

async function withLog(): Promise<{ ctx: ClusterContext; topic: string }> {
  const topic = topics.name("changes");
  const ctx = server(topic);
  await ctx.changes.create(by, ctx.signal);
  return { ctx, topic };
}

/** What a program could write that has seen the log. */
function written(requestId: string, different: object = {}): string {
  return JSON.stringify({
    ...{ tailrace: 1, id: newChangeId(Date.now()), phase: "intent", part: 1, parts: 1, action: "reset-offsets" },
    ...{ target: { group: "g" }, actor: "local", requestId, instance: "other", atMs: Date.now(), targetText: "" },
    ...{ undoes: null, partitionCount: 0, partitions: [], ...different },
  });
}

test("what others write among the changes is counted and left out: both a server that was there and a later one agree", async () => {
  const { ctx, topic } = await withLog();
  const first = await recordChange(ctx, reset, async () => null);
  await topics.send(topic, [
    { key: first.change, value: null },
    { key: null, value: Buffer.from([0xff, 0xfe, 0x00]) },
    { key: "k", value: "[".repeat(100_000) },
    { key: "k", value: "x".repeat(900_000) },
    { key: "k", value: '{"__proto__":{"polluted":true}}' },
    {
      key: "k",
      value: written("r-1", {
        id: first.change,
        phase: "outcome",
        state: "failed",
        uncertain: false,
        failure: "forged",
      }),
    },
    { key: "k", value: written("r-2", { partitions: [{ topic: "t", partition: 0, before: 5, after: null }] }) },
  ]);
  const transaction = await topics.transactionalProducer();
  for (const end of ["commit", "abort"] as const) {
    const open = await transaction.transaction();
    await open.send({ topic, messages: [{ value: written("r-3") }] });
    await open[end]();
  }
  const second = await recordChange(ctx, reset, async () => null);
  for (const one of [ctx, server(topic)]) {
    const { changes, unreadable, missing } = await one.changes.list(all, one.signal);
    expect(changes.map(({ id, state }) => [id, state])).toEqual([
      [second.change, "done"],
      [first.change, "done"],
      [expect.any(String), "done"],
    ]);
    expect(unreadable).toBe(9);
    expect(missing).toEqual([]);
    expect(await one.changes.get(first.change ?? "", one.signal)).toMatchObject({ incomplete: false, failure: null });
  }
  expect("polluted" in {}).toBe(false);
});

test("a transaction that somebody leaves open in the log hides nothing", async () => {
  const { ctx, topic } = await withLog();
  const transaction = await (await topics.transactionalProducer()).transaction();
  await transaction.send({ topic, messages: [{ value: "junk" }] });
  const { change, recordProblem } = await recordChange(ctx, reset, async () => null);
  const { changes, unreadable } = await ctx.changes.list(all, ctx.signal);
  expect([changes[0]?.id, changes[0]?.state, unreadable, recordProblem]).toEqual([change, "done", 1, null]);
  await transaction.abort();
});

test("records that were packed together, as a mirror of the log would, are read like others", async () => {
  const topic = await topics.create({ partitions: 1, configs: { "retention.ms": "-1" } });
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const values = Array.from({ length: 500 }, (_, index) => written(`r-${index}`));
  const messages = values.map((value) => ({ value }));
  await producer.send({ topic, messages, compression: CompressionTypes.GZIP });
  await producer.disconnect();
  const ctx = server(topic);
  const { changes, unreadable } = await ctx.changes.list(all, ctx.signal);
  expect(changes.map(({ requestId }) => requestId)).toEqual(values.map((_, index) => `r-${499 - index}`));
  expect(unreadable).toBe(0);
});

test("a flood of somebody else's messages doesn't keep the newest changes from being seen", async () => {
  const { ctx, topic } = await withLog();
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const junk = Array.from({ length: 5_000 }, (_, index) => ({ value: `junk ${index}` }));
  for (let batch = 0; batch < 6; batch++) await producer.send({ topic, messages: junk });
  const { change } = await recordChange(ctx, reset, async () => null);
  await producer.send({ topic, messages: junk });
  await producer.disconnect();
  for (const one of [ctx, server(topic)]) {
    await vi.waitFor(
      async () => {
        const { changes, unreadable, missing } = await one.changes.list(all, one.signal);
        expect([changes[0]?.id, changes.length, unreadable, missing]).toEqual([change, 2, 35_000, []]);
      },
      { timeout: 20_000, interval: 100 },
    );
  }
});

test("a flood so long that no change is in sight doesn't make the log another's: changes are still recorded", async () => {
  const { topic } = await withLog();
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const junk = Array.from({ length: 3 }, () => ({ value: Buffer.alloc(300_000, 1) }));
  for (let batch = 0; batch < 40; batch++) await producer.send({ topic, messages: junk });
  await producer.disconnect();
  const ctx = server(topic);
  expect(await ctx.changes.list(all, ctx.signal)).toMatchObject({
    changes: [],
    missing: [{ part: "older changes" }],
    recording: { state: "ready" },
  });
  const { change, recordProblem } = await recordChange(ctx, reset, async () => null);
  expect(recordProblem).toBeNull();
  await vi.waitFor(
    async () => {
      const { changes, missing } = await ctx.changes.list(all, ctx.signal);
      expect([changes[0]?.id, changes.length, missing]).toEqual([change, 2, []]);
    },
    { timeout: 20_000, interval: 100 },
  );
});

test("of a log of many thousands, the newest 5,000 changes come first and at once, and what is older is told", async () => {
  const topic = await topics.create({ partitions: 1, configs: { "retention.ms": "-1" } });
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const count = MAX_CHANGES + 3_000;
  for (let from = 0; from < count; from += 1_000) {
    const messages = Array.from({ length: 1_000 }, (_, index) => ({ value: written(`r-${from + index}`) }));
    await producer.send({ topic, messages });
  }
  await producer.disconnect();
  const ctx = server(topic);
  const page = await ctx.changes.list({ limit: 3 }, ctx.signal);
  expect(page.changes.map(({ requestId }) => requestId)).toEqual([1, 2, 3].map((back) => `r-${count - back}`));
  expect(page).toMatchObject({ more: true, missing: [] });
  let last = page;
  let seen = page.changes.length;
  let before = "";
  while (last.more) {
    before = last.changes.at(-1)?.id ?? before;
    last = await ctx.changes.list({ limit: 500, before }, ctx.signal);
    seen += last.changes.length;
  }
  expect(seen).toBeGreaterThanOrEqual(MAX_CHANGES);
  expect(last.missing).toMatchObject([{ part: "older changes" }]);
});

test("changes whose records were deleted from the topic are no longer told", async () => {
  const { ctx, topic } = await withLog();
  await recordChange(ctx, reset, async () => null);
  const last = await recordChange(ctx, reset, async () => null);
  expect((await ctx.changes.list(all, ctx.signal)).changes).toHaveLength(3);
  // Two of the log's creation, two of the first reset.
  const admin = topics.kafka.admin();
  await admin.connect();
  await deleteBefore(admin, topic, 0, "4");
  await admin.disconnect();
  const { changes } = await ctx.changes.list(all, ctx.signal);
  expect(changes.map(({ id }) => id)).toEqual([last.change]);
});
