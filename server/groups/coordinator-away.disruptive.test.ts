import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { GroupList } from "#lib/contracts/groups.ts";
import { ProblemError } from "#lib/problem.ts";
import { readLivePidFile } from "#scripts/processes/pid-file.ts";
import { applyPlan, planReset } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { startTestBroker, testCluster, waitTestClusterHealthy } from "#scripts/testing/test-cluster.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { findCoordinators } from "../kafka/find-coordinators.ts";
import { getGroup } from "./get-group.ts";
import { listGroups } from "./list-groups.ts";

const GROUPS = 12;
/** A killed broker is missed after 4 s; then another loads its groups, on a machine that is busy with tests. */
const BACK_WITHIN_MS = 40_000;
/** Of each answer meanwhile. */
const ANSWERS_WITHIN_MS = 6_000;
const OFFSET_COMMIT_API = 8;

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext({ settings: { local: null, changesTopic: topics.name("changes") } });
const list = () => listGroups(ctx, { params: { cluster: "test" }, query: {}, body: undefined });
const read = (group: string) => getGroup(ctx, { params: { cluster: "test", group }, query: {}, body: undefined });
let orders: string;

beforeAll(async () => {
  await waitTestClusterHealthy(testCluster());
  orders = await topics.create({ prefix: "orders" });
  await topics.send(
    orders,
    Array.from({ length: 30 }, (_, i) => ({ partition: i % 3, value: "v" })),
  );
  await ctx.changes.create({ actor: "ops", requestId: "r" }, ctx.signal);
}, 120_000);

afterAll(async () => {
  await startAgain();
  await groups.close();
  await topics.close();
  await close();
}, 120_000);

/** Brokers that a test killed. */
const killed = new Set<number>();

/** Without a word: no leader and no coordinator moves before its session has ended. */
function killBroker(id: number): void {
  const logDir = testCluster().brokers.find((broker) => broker.id === id)?.logDir ?? "";
  const recorded = readLivePidFile(join(dirname(logDir), "broker.pid"));
  if (recorded === null) throw new Error(`broker ${id} isn't running`);
  killed.add(id);
  process.kill(recorded.pid, "SIGKILL");
}

async function startAgain(): Promise<void> {
  for (const id of killed) await startTestBroker(testCluster(), id);
  killed.clear();
  await waitTestClusterHealthy(testCluster());
}
afterEach(startAgain, 120_000);

async function coordinatorOf(group: string): Promise<number> {
  const found = (await findCoordinators(ctx.kafka, [group], ctx.signal)).get(group);
  if (found === undefined || !("brokerId" in found)) throw new Error(`${group} has no coordinator`);
  return found.brokerId;
}

test("a coordinator that is killed costs only its groups; another tells them again, with their lag", async () => {
  const mine = Array.from({ length: GROUPS }, () => groups.name());
  for (const [i, group] of mine.entries()) await groups.commit(group, { [orders]: { 0: i % 10, 1: 0, 2: 10 } });
  const lagOf = (i: number) => String(20 - (i % 10));
  const before = await list();
  // As it does every 10 s.
  await ctx.state.groupObserver.sample(ctx.signal);
  const coordinators = new Map(before.groups.map(({ group, coordinator }) => [group, coordinator]));
  const away = await coordinatorOf(mine[0] ?? "");
  const spared = mine.filter((group) => coordinators.get(group) !== away);

  killBroker(away);
  const answers: GroupList[] = [];
  await vi.waitFor(
    async () => {
      const startMs = performance.now();
      const answer = await list();
      expect(performance.now() - startMs).toBeLessThan(ANSWERS_WITHIN_MS);
      answers.push(answer);
      for (const [i, group] of mine.entries()) {
        const told = answer.groups.find((one) => one.group === group);
        expect(told, group).toMatchObject({ lag: lagOf(i), lagUnread: 0, state: "empty", memberCount: 0 });
        expect(told?.coordinator).not.toBe(away);
      }
    },
    { timeout: BACK_WITHIN_MS, interval: 100 },
  );
  // Meanwhile: everybody else's groups were there all the time, and what was missing was said.
  for (const { groups: told, missing } of answers) {
    const names = new Set(told.map(({ group }) => group));
    expect(
      spared.filter((group) => !names.has(group)),
      JSON.stringify(missing),
    ).toEqual([]);
    const unread = mine.some((group) => !names.has(group)) || told.some(({ lagUnread }) => lagUnread > 0);
    if (unread) expect(missing.every(({ detail }) => detail.length > 20)).toBe(true);
    if (unread) expect(missing).not.toEqual([]);
  }
});

test("a group whose coordinator has just been killed is never called missing", async () => {
  const group = groups.name();
  await groups.commit(group, { [orders]: { 0: 1 } });
  await read(group);
  killBroker(await coordinatorOf(group));
  await vi.waitFor(
    async () => {
      const told = await read(group).catch((error: unknown) => error);
      if (told instanceof ProblemError) expect(told.code).toMatch(/^(broker-unreachable|deadline-exceeded)$/);
      expect(told).not.toBeInstanceOf(Error);
      expect(told).toMatchObject({ lag: "9", partitions: [{ committedOffset: "1" }] });
    },
    { timeout: BACK_WITHIN_MS, interval: 200 },
  );
});

test("a coordinator killed in mid-apply: what happened is known by partition, and a retry completes it", async () => {
  const partitions = 150;
  const wide = await topics.create({ prefix: "wide", partitions });
  const everyPartition = Array.from({ length: partitions }, (_, partition) => partition);
  await topics.send(
    wide,
    everyPartition.map((partition) => ({ partition, value: "v" })),
  );
  const group = groups.name();
  const away = await coordinatorOf(group);
  await groups.commit(group, { [wide]: Object.fromEntries(everyPartition.map((partition) => [partition, 0])) });
  const plan = await planReset(ctx, group, { to: "latest" });
  // With metadata of 4 KB each they don't fit in one request.
  const moves = plan.moves.map((move) => ({ ...move, toMetadata: "m".repeat(4_000) }));
  let requests = 0;
  const onRequest = (message: unknown) => {
    if ((message as { apiKey?: unknown }).apiKey !== OFFSET_COMMIT_API || ++requests !== 2) return;
    killBroker(away);
  };
  subscribe("tracing:plt:kafka:connections:api:start", onRequest);
  const result = await applyPlan(ctx, { ...plan, moves }).finally(() =>
    unsubscribe("tracing:plt:kafka:connections:api:start", onRequest),
  );
  expect(requests).toBeGreaterThanOrEqual(2);
  const of = (outcome: string) => result.outcomes.filter((one) => one.outcome === outcome);
  // The first request was answered, the second perhaps stored, the third not sent. Nobody else commits.
  expect(of("moved").length + of("failed").length + of("unknown").length).toBe(partitions);
  expect(of("moved").length).toBeGreaterThan(0);
  expect(of("failed").length).toBeGreaterThan(0);
  expect(of("unknown")).toEqual([]);
  for (const { detail } of [...of("failed"), ...of("unknown")]) expect(detail).toMatch(/\.$/);

  // What was told is what another coordinator has.
  await vi.waitFor(async () => expect((await read(group)).partitions).toHaveLength(partitions), {
    timeout: BACK_WITHIN_MS,
    interval: 250,
  });
  const committed = (await groups.committed(group))[wide] ?? {};
  const asked = new Map(moves.map(({ partition, to }) => [partition, BigInt(to ?? -1)]));
  for (const { partition } of of("moved")) expect(committed[partition]).toBe(asked.get(partition));
  for (const { partition } of of("failed")) expect(committed[partition]).toBe(0n);

  const again = await planReset(ctx, group, { to: "latest" });
  expect(again.totals.moved).toBe(Object.values(committed).filter((offset) => offset === 0n).length);
  const retried = await applyPlan(ctx, again);
  expect(retried.outcomes.map(({ outcome }) => outcome)).toEqual(retried.outcomes.map(() => "moved"));
  const now = (await groups.committed(group))[wide] ?? {};
  for (const [partition, to] of asked) expect(now[partition]).toBe(to);
});
