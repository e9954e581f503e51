import { afterAll, describe, expect, test, vi } from "vitest";
import { groupsOfTopic } from "#scripts/testing/groups-of-topic.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { numbers, problemOf, TailRoutes } from "#scripts/testing/tail-routes.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { runtime } from "../runtime.ts";
import { type TailRequest, Tails } from "./tails.ts";

/** A machine may be busy with other tests. */
const WAIT = { timeout: 10_000 };

const topics = new TestTopics();
const routes = new TailRoutes();
const service = serviceContext();
afterAll(async () => {
  await routes.close();
  await service.close();
  await topics.close();
});

const VIEWERS = 100;
const filter = { case: false, keyAs: "auto", valueAs: "auto" } as const;
const never = new AbortController().signal;

function request(topic: string, differs: Partial<TailRequest> = {}): TailRequest {
  const selection = { topics: [topic], partitions: null };
  return {
    selection,
    isolation: "uncommitted",
    start: { kind: "now" },
    filter,
    quietMs: null,
    keyHash: null,
    ...differs,
  };
}

/** Sockets, timers, and the ports to decoders' threads. */
const OURS = ["TCPSocketWrap", "Timeout", "MessagePort"];

/** What keeps this process busy, by kind. */
function resources(): ReadonlyMap<string, number> {
  const byName = Map.groupBy(process.getActiveResourcesInfo(), (name) => name);
  return new Map([...byName].map(([name, all]) => [name, all.length]));
}

describe("bounds", () => {
  test("viewers and selections have theirs; whoever leaves makes room", async () => {
    const [one, another] = [await topics.create(), await topics.create()];
    const tails = new Tails({ maxViewers: 2, maxHubs: 1 });
    const open = (topic: string) => tails.open(service.ctx, request(topic), never, never);
    const first = await open(one);
    await expect(open(another)).rejects.toMatchObject({ code: "too-many-tails" });
    await open(one);
    await expect(open(one)).rejects.toMatchObject({ code: "too-many-tails", status: 503 });
    await first.return();
    await open(one);
    tails.close();
  });

  test("a selection that can't be read leaves nothing behind", async () => {
    const tails = new Tails();
    const request404 = request(topics.name());
    await expect(tails.open(service.ctx, request404, never, never)).rejects.toMatchObject({ code: "topic-not-found" });
    const late = { ...request404, start: { kind: "earliest" } as const };
    await expect(tails.open(service.ctx, late, never, never)).rejects.toMatchObject({ code: "topic-not-found" });
    expect(tails).toMatchObject({ viewers: 0, hubs: 0 });
  });
});

test("three hundred viewers come and go: no hub, viewer, open request or group is left, nor memory", async () => {
  const topic = await topics.create();
  await topics.send(topic, numbers(0, 1_000));
  const comeAndGo = async (many: number) => {
    const queries = [{ from: "earliest" }, { from: "now" }, { from: "last:10", contains: "n" }, { key: "k1" }];
    await Promise.all(
      Array.from({ length: many }, async (_, index) => {
        const leaving = new AbortController();
        const query = { topics: topic, ...queries[index % queries.length] } as Record<string, string>;
        const response = await routes.get(query, {}, leaving.signal);
        const reader = response.body?.getReader();
        await reader?.read();
        if (index % 2 === 0) await reader?.cancel();
        else leaving.abort();
      }),
    );
    await vi.waitFor(() => expect(runtime().openRequests.count).toBe(0), WAIT);
  };
  await comeAndGo(60);
  const before = { resources: resources(), bytes: process.memoryUsage().rss };
  for (let round = 0; round < 10; round++) await comeAndGo(30);
  const cluster = await runtime().cluster("tails");
  expect(cluster?.tails.viewers).toBe(0);
  // The hub lingers for the next viewer, and then closes.
  await vi.waitFor(() => expect(cluster?.tails.hubs).toBe(0), { timeout: 15_000, interval: 250 });
  expect(await groupsOfTopic(service.ctx, topic)).toEqual([]);
  await vi.waitFor(
    () => {
      const now = resources();
      for (const name of OURS) expect(now.get(name) ?? 0, name).toBeLessThanOrEqual(before.resources.get(name) ?? 0);
    },
    { timeout: 10_000 },
  );
  expect(process.memoryUsage().rss - before.bytes).toBeLessThan(100 * 1024 * 1024);
}, 60_000);

test("a hundred viewers of one topic read over one connection to each leader; each is told how many they are", async () => {
  const topic = await topics.create({ partitions: 3, replicationFactor: 1 });
  const cluster = await runtime().cluster("tails");
  expect(cluster?.reading.leased).toBe(0);
  const tails = await Promise.all(Array.from({ length: VIEWERS }, () => routes.tail({ topics: topic })));
  await topics.send(topic, numbers(0, 100));
  for (const tail of tails) {
    await tail.until("all", ({ stats }) => stats?.sent === 100 && stats.viewers === VIEWERS);
    expect(tail.imbalances).toEqual([]);
  }
  expect(cluster?.tails.hubs).toBe(1);
  expect(cluster?.reading.leased).toBeGreaterThan(0);
  expect(cluster?.reading.leased).toBeLessThanOrEqual(3);
});

// Last: it ends the runtime of this file.
test("a shutdown ends tails in their own words, at once, and takes no new ones", async () => {
  const topic = await topics.create();
  const live = await routes.tail({ topics: topic });
  const past = await routes.tail({ topics: topic, from: "earliest" });
  const unread = routes.unread(await routes.get({ topics: topic }));
  const startMs = performance.now();
  const closed = runtime().close();
  for (const tail of [live, past]) {
    await tail.until("the end", ({ ended }) => ended);
    expect(tail.told("end")).toEqual([{ reason: "shutting-down", detail: expect.any(String) }]);
  }
  // Not only when the 1.5 s are over that requests are given.
  expect(performance.now() - startMs).toBeLessThan(1_200);
  expect((await problemOf(await routes.get({ topics: topic }))).code).toBe("shutting-down");
  await closed;
  expect(performance.now() - startMs).toBeLessThan(4_000);
  unread.read();
});
