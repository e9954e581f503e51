import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { RecordedChange } from "#lib/contracts/changes.ts";
import { pidOfBroker } from "#scripts/testing/broker-process.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { startTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import type { ClusterContext } from "../context.ts";
import { logger } from "../logger.ts";
import { findPartition } from "../messages/find-partition.ts";
import type { Change, Recorded } from "./change.ts";
import { recordChange } from "./record-change.ts";

const topics = new TestTopics();
const changesTopic = topics.name("changes");
const bestEffort = serviceContext({ settings: { changesTopic, audit: "best-effort" } });
const required = serviceContext({ settings: { changesTopic, audit: "required" } });
const { ctx } = bestEffort;
const partitions = Array.from({ length: 4_000 }, (_, partition) => ({
  ...{ topic: "orders", partition, before: { offset: "1", leaderEpoch: 1, metadata: "m".repeat(100) } },
  after: { offset: "0", leaderEpoch: null, metadata: "" },
}));
const reset: Change = { action: "reset-offsets", target: { group: "g" }, before: null, after: null, partitions };
const ended = () => ({
  partitions: partitions.map(({ topic, partition }) => ({ topic, partition, outcome: "moved" as const, detail: null })),
});
let killed: number | null = null;

for (const level of ["info", "warn"] as const) vi.spyOn(logger, level).mockImplementation(() => {});

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
  await ctx.changes.create({ actor: "ops", requestId: "r" }, ctx.signal);
}, 120_000);

afterEach(async () => {
  if (killed !== null) await startTestBroker(testCluster(), killed);
  killed = null;
  await waitTestClusterHealthy(testCluster());
}, 120_000);

afterAll(async () => {
  await Promise.all([bestEffort.close(), required.close()]);
  await topics.close();
}, 120_000);

type Tried = { readonly done: boolean } & Pick<Recorded<unknown>, "change" | "recordProblem">;

/** Makes changes one after another until told to stop. */
function changing(one: ClusterContext): { readonly tried: Tried[]; stop(): Promise<void> } {
  const tried: Tried[] = [];
  let stopped = false;
  const run = async () => {
    while (!stopped) {
      let done = false;
      const apply = async () => {
        done = true;
      };
      const told = await recordChange(one, reset, apply, ended).catch(() => ({
        change: null,
        recordProblem: "refused",
      }));
      tried.push({ done, change: told.change, recordProblem: told.recordProblem });
    }
  };
  const running = run();
  return {
    tried,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

async function allChanges(one: ClusterContext): Promise<Map<string, RecordedChange>> {
  const { changes, more, missing } = await one.changes.list({ limit: 500 }, one.signal);
  expect([more, missing]).toEqual([false, []]);
  return new Map(changes.map((change) => [change.id, change]));
}

test("the leader of the log is killed while changes are made: whatever was told of their record is so", async () => {
  const [free, strict] = [changing(ctx), changing(required.ctx)];
  const both = () => [...free.tried, ...strict.tried];
  await vi.waitFor(() => expect(both().length).toBeGreaterThan(6), { timeout: 60_000, interval: 50 });
  const { leader } = await findPartition(ctx, changesTopic, 0);
  killed = leader;
  process.kill(pidOfBroker(leader), "SIGKILL");
  const atKill = [free.tried.length, strict.tried.length];
  const complete = (tried: readonly Tried[]) =>
    tried.filter(({ done, recordProblem }) => done && recordProblem === null);
  await vi.waitFor(
    () => {
      expect(complete(free.tried.slice(atKill[0])).length).toBeGreaterThan(2);
      expect(complete(strict.tried.slice(atKill[1])).length).toBeGreaterThan(2);
    },
    { timeout: 60_000, interval: 100 },
  );
  await Promise.all([free.stop(), strict.stop()]);

  // Required: nothing was done without a record.
  for (const { done, change } of strict.tried) if (done) expect(change).not.toBeNull();
  const told = both().flatMap(({ change }) => (change === null ? [] : [change]));
  expect(new Set(told).size).toBe(told.length);
  // What was still being written when its answer went out is told as such, and comes.
  await vi.waitFor(
    async () => {
      const there = await allChanges(ctx);
      for (const { change, recordProblem } of both()) {
        if (change === null) continue;
        const { state, incomplete } = there.get(change) ?? {};
        expect([change, state, incomplete], recordProblem ?? "complete").toEqual([change, "done", false]);
      }
    },
    { timeout: 90_000, interval: 500 },
  );
  const mine = await allChanges(ctx);
  // Of what isn't told to be on record, parts may be; nothing claims that it was done when it wasn't.
  const claimed = [...mine.values()].filter(({ state, action }) => state === "done" && action === "reset-offsets");
  expect(claimed.length).toBeLessThanOrEqual(both().filter(({ done }) => done).length);

  // A server that starts now, with the leader still away, sees the same.
  const fresh = serviceContext({ settings: { changesTopic } });
  // One look reads so much, and the next one goes on.
  const whole = () => allChanges(fresh.ctx);
  await vi.waitFor(async () => expect(await whole()).toEqual(mine), { timeout: 30_000, interval: 200 });
  const some = told.at(-1) ?? "";
  expect((await fresh.ctx.changes.get(some, fresh.ctx.signal)).partitions).toEqual(
    partitions.map((one) => ({ ...one, topicId: null, outcome: "moved", detail: null })),
  );
  await fresh.close();
});

test("too few replicas in sync: required changes nothing, best-effort goes on, and both are told before", async () => {
  const name = await topics.create({
    assignment: [[1, 2]],
    configs: { "min.insync.replicas": "2", "retention.ms": "-1" },
  });
  const strict = serviceContext({ settings: { changesTopic: name, audit: "required" } });
  const free = serviceContext({ settings: { changesTopic: name } });
  expect(await strict.ctx.changes.recording(strict.ctx.signal)).toMatchObject({ state: "ready" });
  killed = 2;
  process.kill(pidOfBroker(2), "SIGKILL");
  await vi.waitFor(
    async () => expect(await free.ctx.changes.recording(free.ctx.signal)).toMatchObject({ state: "unwritable" }),
    { timeout: 60_000, interval: 200 },
  );
  const apply = vi.fn(async () => "done");
  await expect(recordChange(strict.ctx, reset, apply)).rejects.toMatchObject({ code: "change-log-unwritable" });
  expect(apply).not.toHaveBeenCalled();
  const { result, recordProblem } = await recordChange(free.ctx, reset, apply);
  expect([result, recordProblem]).toEqual(["done", expect.stringContaining("not on record")]);
  await Promise.all([strict.close(), free.close()]);
});
