import { randomUUID } from "node:crypto";
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from "kafkajs";
import { afterAll, afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import type { ClusterContext } from "../context.ts";
import { logger } from "../logger.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import type { Change } from "./change.ts";
import { recordChange } from "./record-change.ts";

const topics = new TestTopics();
const opened: { close: () => Promise<void> }[] = [];

/** A server of its own: its connections, its ChangeLog. */
function server(
  changesTopic: string,
  settings: Partial<ClusterSettings> = {},
  as?: "admin" | "viewer",
): ClusterContext {
  const service = serviceContext({ settings: { changesTopic, ...settings }, ...(as && { as }) });
  opened.push(service);
  return service.ctx;
}

const by = { actor: "ops", requestId: "r-1" };
const made: Change = { action: "create-topic", target: { topic: "orders" }, before: null, after: { partitions: 3 } };
const reset: Change = {
  action: "reset-offsets",
  target: { group: "billing" },
  before: null,
  after: null,
  targetText: "to earliest",
  partitions: [
    {
      topic: "orders",
      partition: 0,
      before: { offset: "9007199254740993", leaderEpoch: 3, metadata: 'naïve \u{1f600} "quoted"' },
      after: { offset: "0", leaderEpoch: null, metadata: "" },
    },
    { topic: "orders", partition: 1, before: null, after: { offset: "5", leaderEpoch: null, metadata: "" } },
  ],
};
const all = { limit: 100 };

vi.spyOn(logger, "info").mockImplementation(() => {});
vi.spyOn(logger, "warn").mockImplementation(() => {});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
afterAll(() => topics.close());

async function withLog(settings: Partial<ClusterSettings> = {}): Promise<ClusterContext> {
  const ctx = server(topics.name("changes"), settings);
  await ctx.changes.create(by, ctx.signal);
  return ctx;
}

describe("the topic", () => {
  test("isn't made by looking, nor by a change: only when it is asked for, replicated and kept for ever", async () => {
    const ctx = server(topics.name("changes"));
    expect(await ctx.changes.recording(ctx.signal)).toMatchObject({ state: "missing", audit: "best-effort" });
    const { change, recordProblem, result } = await recordChange(ctx, made, async () => "made");
    expect([result, change]).toEqual(["made", null]);
    expect(recordProblem).toContain(ctx.cluster.changesTopic);
    const list = await ctx.changes.list(all, ctx.signal);
    expect(list).toMatchObject({
      changes: [],
      more: false,
      unreadable: 0,
      missing: [],
      recording: { state: "missing" },
    });

    const recording = await ctx.changes.create(by, ctx.signal);
    expect(recording).toMatchObject({ state: "ready", topic: ctx.cluster.changesTopic });
    expect(recording.detail).toContain("3 replicas, kept for ever");
    const admin = topics.kafka.admin();
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: ctx.cluster.changesTopic }],
    });
    await admin.disconnect();
    const configs = Object.fromEntries(
      resources[0]?.configEntries.map((one) => [one.configName, one.configValue]) ?? [],
    );
    expect(configs).toMatchObject({
      "cleanup.policy": "delete",
      "retention.ms": "-1",
      "retention.bytes": "-1",
      "min.insync.replicas": "2",
    });
  });

  test("that it was made is the first change in it; making it twice makes nothing", async () => {
    const ctx = await withLog();
    await ctx.changes.create(by, ctx.signal);
    const { changes } = await ctx.changes.list(all, ctx.signal);
    expect(changes).toMatchObject([
      { action: "create-change-log", state: "done", actor: "ops", target: { topic: ctx.cluster.changesTopic } },
    ]);
  });

  test("two servers that make it at the same moment make one", async () => {
    const name = topics.name("changes");
    const both = [server(name), server(name)];
    const recordings = await Promise.all(both.map((ctx) => ctx.changes.create(by, ctx.signal)));
    expect(recordings).toMatchObject([{ state: "ready" }, { state: "ready" }]);
  });
});

describe("a change", () => {
  test("is read back whole: who, what, before, after, outcome, by partition; offsets and metadata exact", async () => {
    const ctx = await withLog();
    const { change } = await recordChange(
      ctx,
      reset,
      async () => null,
      () => ({
        state: "partial",
        detail: { note: "one of two" },
        partitions: [
          { topic: "orders", partition: 0, outcome: "moved", detail: null },
          { topic: "orders", partition: 1, outcome: "overwritten", detail: "by a consumer", after: null },
        ],
      }),
    );
    if (change === null) throw new Error("it was recorded");
    expect(await ctx.changes.get(change, ctx.signal)).toMatchObject({
      id: change,
      action: "reset-offsets",
      target: { group: "billing", topic: null },
      actor: "local",
      state: "partial",
      incomplete: false,
      notUndoable: null,
      partitionCount: 2,
      targetText: "to earliest",
      outcome: '{"note":"one of two"}',
      partitions: [
        { ...reset.partitions?.[0], outcome: "moved", detail: null },
        { ...reset.partitions?.[1], after: null, outcome: "overwritten", detail: "by a consumer" },
      ],
    });
  });

  test("stands in the log before it is tried, and is an intent until it has ended", async () => {
    const ctx = await withLog();
    const other = server(ctx.cluster.changesTopic);
    await recordChange(ctx, reset, async () => {
      const { changes } = await other.changes.list(all, other.signal);
      expect(changes[0]).toMatchObject({
        action: "reset-offsets",
        state: "intent",
        endedAtMs: null,
        notUndoable: null,
      });
    });
    const { changes } = await other.changes.list(all, other.signal);
    expect(changes[0]).toMatchObject({ state: "done", endedAtMs: expect.any(Number) });
  });

  test("that fails is told with its reason; one that may have happened can still be undone", async () => {
    const ctx = await withLog();
    const failing = (error: Error) =>
      recordChange(ctx, reset, async () => {
        throw error;
      }).catch((thrown: unknown) => thrown);
    await failing(new ProblemError("group-not-empty", "It has members."));
    await failing(new ProblemError("broker-unreachable", "It went away."));
    const { changes } = await ctx.changes.list(all, ctx.signal);
    expect(changes).toMatchObject([
      { state: "failed", failure: "It went away.", notUndoable: null },
      { state: "failed", failure: "It has members.", notUndoable: expect.stringContaining("nothing to take back") },
      {},
    ]);
  });

  test("that takes another one back is told at that one, unless it failed", async () => {
    const ctx = await withLog();
    const { change } = await recordChange(ctx, reset, async () => null);
    const undo = { ...reset, undoes: change };
    await recordChange(ctx, undo, async () => {
      throw new ProblemError("group-not-empty", "It has members.");
    }).catch(() => {});
    const before = await ctx.changes.list(all, ctx.signal);
    expect(before.changes[1]).toMatchObject({ id: change, undoneBy: null });
    const undone = await recordChange(ctx, undo, async () => null);
    const after = await ctx.changes.list(all, ctx.signal);
    expect(after.changes.find(({ id }) => id === change)).toMatchObject({ undoneBy: undone.change });
    expect(after.changes[0]).toMatchObject({ id: undone.change, undoes: change });
  });

  test("is found by its group and by each of its topics, page by page", async () => {
    const ctx = await withLog();
    const ids: (string | null)[] = [];
    for (let index = 0; index < 5; index++) ids.unshift((await recordChange(ctx, reset, async () => null)).change);
    await recordChange(ctx, made, async () => null);
    const of = async (query: object) =>
      (await ctx.changes.list({ ...all, ...query }, ctx.signal)).changes.map(({ id }) => id);
    expect(await of({ group: "billing" })).toEqual(ids);
    expect(await of({ group: "other" })).toEqual([]);
    expect(await of({ topic: "orders" })).toHaveLength(6);
    const first = await ctx.changes.list({ limit: 2, group: "billing" }, ctx.signal);
    expect(first.more).toBe(true);
    const second = await ctx.changes.list({ limit: 3, group: "billing", before: ids[1] ?? "" }, ctx.signal);
    expect(second.more).toBe(false);
    expect([...first.changes, ...second.changes].map(({ id }) => id)).toEqual(ids);
  });

  test("of 10,000 partitions is split, and comes back whole", async () => {
    const ctx = await withLog();
    const partitions = Array.from({ length: 10_000 }, (_, index) => ({
      topic: `topic-${index % 7}`,
      topicId: "x".repeat(22),
      partition: index,
      before: { offset: String(index), leaderEpoch: index, metadata: `m${index}`.repeat(20) },
      after: { offset: "0", leaderEpoch: null, metadata: "" },
    }));
    const { change, recordProblem } = await recordChange(
      ctx,
      { ...reset, partitions },
      async () => null,
      () => ({
        partitions: partitions.map(({ topic, partition }) => ({ topic, partition, outcome: "moved", detail: null })),
      }),
    );
    expect(recordProblem).toBeNull();
    const admin = topics.kafka.admin();
    await admin.connect();
    const [offsets] = await admin.fetchTopicOffsets(ctx.cluster.changesTopic);
    await admin.disconnect();
    // Two of the log's creation; at least four parts of the intent and two of the outcome.
    expect(Number(offsets?.high)).toBeGreaterThanOrEqual(2 + 4 + 2);
    const other = server(ctx.cluster.changesTopic);
    const detail = await other.changes.get(change ?? "", other.signal);
    expect(detail).toMatchObject({ incomplete: false, partitionCount: 10_000, notUndoable: null });
    expect(detail.partitions).toEqual(partitions.map((one) => ({ ...one, outcome: "moved", detail: null })));
    const { changes } = await other.changes.list({ ...all, topic: "topic-6" }, other.signal);
    expect(changes.map(({ id }) => id)).toEqual([change]);
  });

  test("with half a megabyte of what was asked for is split, and comes back whole", async () => {
    const ctx = await withLog();
    const after = { text: 'ä"\\\u{1f600}'.repeat(100_000) };
    const { change } = await recordChange(ctx, { ...made, after }, async () => null);
    const detail = await ctx.changes.get(change ?? "", ctx.signal);
    expect(detail).toMatchObject({ incomplete: false, before: null });
    expect(detail.after === JSON.stringify(after)).toBe(true);
  });
});

describe("audit", () => {
  test("required: nothing is done without a record, and the refusal says what to do", async () => {
    const ctx = server(topics.name("changes"), { audit: "required" });
    const apply = vi.fn();
    await expect(recordChange(ctx, made, apply)).rejects.toMatchObject({ code: "change-log-missing" });
    expect(apply).not.toHaveBeenCalled();
    expect((await ctx.changes.recording(ctx.signal)).detail).toContain("Nothing can be changed");
    await ctx.changes.create(by, ctx.signal);
    await expect(recordChange(ctx, made, async () => 1)).resolves.toMatchObject({ result: 1, recordProblem: null });
  });

  test("required: a log that this user may not write keeps a change from being made; best-effort lets it go on", async () => {
    const log = await withLog();
    const required = server(log.cluster.changesTopic, { audit: "required" }, "viewer");
    const apply = vi.fn();
    await expect(recordChange(required, made, apply)).rejects.toMatchObject({ code: "change-log-unwritable" });
    expect(apply).not.toHaveBeenCalled();
    expect(await required.changes.recording(required.signal)).toMatchObject({ state: "unwritable" });
    const bestEffort = server(log.cluster.changesTopic, {}, "viewer");
    const recorded = await recordChange(bestEffort, made, async () => "made");
    expect(recorded).toMatchObject({ result: "made", change: null });
    expect(recorded.recordProblem).toContain("Describe on Topic");
  });

  test("a log that this user may see but not read is refused, and not told as one that holds nothing", async () => {
    const log = await withLog();
    const { change } = await recordChange(log, made, async () => 1);
    const seen = {
      ...{ resourceType: AclResourceTypes.TOPIC, resourceName: log.cluster.changesTopic },
      ...{ resourcePatternType: ResourcePatternTypes.LITERAL, principal: "User:viewer", host: "*" },
      ...{ operation: AclOperationTypes.DESCRIBE, permissionType: AclPermissionTypes.ALLOW },
    };
    const admin = topics.kafka.admin();
    await admin.connect();
    onTestFinished(async () => {
      await admin.deleteAcls({ filters: [seen] });
      await admin.disconnect();
    });
    await admin.createAcls({ acl: [seen] });
    const ctx = server(log.cluster.changesTopic, {}, "viewer");
    const forbidden = { code: "kafka-forbidden", message: expect.stringContaining("it needs Read on") };
    // Brokers learn of an ACL one after another.
    await vi.waitFor(() => expect(ctx.changes.list(all, ctx.signal)).rejects.toMatchObject(forbidden), 10_000);
    await expect(ctx.changes.get(change ?? "", ctx.signal)).rejects.toMatchObject(forbidden);
  });

  test("off: nothing is written, and nothing is wrong with that", async () => {
    const log = await withLog();
    const ctx = server(log.cluster.changesTopic, { audit: "off" });
    expect(await recordChange(ctx, made, async () => 1)).toEqual({ result: 1, change: null, recordProblem: null });
    expect((await ctx.changes.list(all, ctx.signal)).changes).toHaveLength(1);
    expect((await ctx.changes.recording(ctx.signal)).detail).toContain("audit: off");
  });

  test("a topic of somebody else's messages, named by mistake, is never written to", async () => {
    const name = await topics.create({ partitions: 1 });
    await topics.send(name, [{ key: "order-1", value: '{"total":3}' }]);
    const ctx = server(name);
    expect(await ctx.changes.recording(ctx.signal)).toMatchObject({ state: "unwritable" });
    const { change, recordProblem } = await recordChange(ctx, made, async () => 1);
    expect(change).toBeNull();
    expect(recordProblem).toContain("aren't Tailrace's");
    const required = server(name, { audit: "required" });
    await expect(recordChange(required, made, async () => 1)).rejects.toMatchObject({ code: "change-log-unwritable" });
    const { changes, unreadable } = await ctx.changes.list(all, ctx.signal);
    expect([changes, unreadable]).toEqual([[], 1]);
  });

  test("a cluster that doesn't answer: required refuses, best-effort goes on, and nothing is said to be known", async () => {
    const nobody = { bootstrapServers: ["127.0.0.1:1"] };
    const strict = server("changes", { ...nobody, audit: "required" });
    const free = server("changes", nobody);
    expect(await free.changes.recording(free.signal)).toMatchObject({ state: "unwritable" });
    await expect(free.changes.list(all, free.signal)).rejects.toMatchObject({ code: "cluster-unreachable" });
    const apply = vi.fn(async () => "done");
    const refused = recordChange(strict, made, apply);
    const gone = recordChange(free, made, apply);
    await expect(refused).rejects.toMatchObject({ code: "change-log-unwritable" });
    const { result, change, recordProblem } = await gone;
    expect([result, change]).toEqual(["done", null]);
    expect(recordProblem).toContain("not on record yet");
    expect(apply).toHaveBeenCalledTimes(1);
  });

  test("a log that isn't made as it must be is told", async () => {
    const told = async (configs: Record<string, string>, more: object = {}) => {
      const ctx = server(await topics.create({ partitions: 1, configs, ...more }));
      return ctx.changes.recording(ctx.signal);
    };
    const forEver = { "retention.ms": "-1" };
    expect((await told({ "retention.ms": "604800000" })).detail).toContain("older than 7 days are lost");
    expect((await told({ ...forEver, "retention.bytes": "1000000" })).detail).toContain("retention.bytes");
    expect((await told({ ...forEver, "cleanup.policy": "compact" })).detail).toContain("compacted");
    expect((await told(forEver, { partitions: 3 })).detail).toContain("3 partitions");
    expect((await told({ ...forEver, "min.insync.replicas": "1" }, { replicationFactor: 1 })).detail).toContain(
      "lost with its broker",
    );
    expect(await told({ "max.message.bytes": "1000" })).toMatchObject({ state: "unwritable" });
    expect(await told({ "min.insync.replicas": "3" }, { replicationFactor: 2 })).toMatchObject({ state: "unwritable" });
    expect(await told(forEver)).toMatchObject({ state: "ready" });
  });
});

describe("several servers, and time", () => {
  test("two that write at the same moment agree about everything, and so does one that starts later", async () => {
    const one = await withLog();
    const two = server(one.cluster.changesTopic);
    const recorded = await Promise.all(
      Array.from({ length: 20 }, (_, index) => recordChange(index % 2 ? one : two, reset, async () => null)),
    );
    const three = server(one.cluster.changesTopic);
    const lists = await Promise.all([one, two, three].map((ctx) => ctx.changes.list(all, ctx.signal)));
    const [first, ...others] = lists.map(({ changes }) => changes);
    expect(first).toHaveLength(21);
    expect(new Set(first?.map(({ id }) => id))).toEqual(
      new Set([first?.at(-1)?.id, ...recorded.map(({ change }) => change)]),
    );
    for (const list of others) expect(list).toEqual(first);
  });

  test("a clock that is wrong by a day neither keeps a server from recording nor changes the order", async () => {
    const one = await withLog();
    const { ChangeLog } = await import("./change-log.ts");
    const skewed = new ChangeLog(one, { now: () => Date.now() + 86_400_000, instance: "ahead" });
    const ahead = { ...one, changes: skewed };
    const first = await recordChange(ahead, reset, async () => null);
    const second = await recordChange(one, reset, async () => null);
    expect([first.recordProblem, second.recordProblem]).toEqual([null, null]);
    const { changes } = await one.changes.list(all, one.signal);
    expect(changes.slice(0, 2).map(({ id }) => id)).toEqual([second.change, first.change]);
    expect(changes[1]?.instance).toBe("ahead");
    // The brokers' clock, which all servers share.
    expect(changes[0]?.atMs).toBeGreaterThanOrEqual(changes[1]?.atMs ?? 0);
    await skewed.close();
  });

  test("a topic that is deleted takes its changes with it; made again, it begins anew", async () => {
    const ctx = await withLog();
    await recordChange(ctx, reset, async () => null);
    expect((await ctx.changes.list(all, ctx.signal)).changes).toHaveLength(2);
    const admin = topics.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [ctx.cluster.changesTopic] });
    await admin.disconnect();
    await vi.waitFor(
      async () => {
        const { changes, recording } = await ctx.changes.list(all, ctx.signal);
        expect([changes, recording.state]).toEqual([[], "missing"]);
      },
      { timeout: 10_000, interval: 100 },
    );
    await vi.waitFor(async () => ctx.changes.create({ actor: "ops", requestId: randomUUID() }, ctx.signal), {
      timeout: 10_000,
      interval: 200,
    });
    const { change } = await recordChange(ctx, made, async () => null);
    const { changes } = await ctx.changes.list(all, ctx.signal);
    expect(changes.map(({ action }) => action)).toEqual(["create-topic", "create-change-log"]);
    expect(changes[0]?.id).toBe(change);
  });
});

test("a shutdown in the midst of a change waits until its outcome is on record, and not for ever", async () => {
  const ctx = await withLog();
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const changing = recordChange(ctx, reset, () => {
    begun.resolve();
    return gate.promise;
  });
  await begun.promise;
  const closing = ctx.changes.close();
  await new Promise((resolve) => setImmediate(resolve));
  gate.resolve();
  const { change, recordProblem } = await changing;
  expect(recordProblem).toBeNull();
  await closing;
  const other = server(ctx.cluster.changesTopic);
  expect(await other.changes.get(change ?? "", other.signal)).toMatchObject({ state: "done" });
  void recordChange(other, reset, () => new Promise<void>(() => {}));
  const startMs = performance.now();
  await vi.waitFor(async () => expect((await ctx.changes.list(all, ctx.signal)).changes).toHaveLength(3), 10_000);
  await other.changes.close();
  expect(performance.now() - startMs).toBeLessThan(10_000);
});
