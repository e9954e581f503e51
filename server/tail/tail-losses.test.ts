import { afterAll, expect, test } from "vitest";
import { OpenedTail } from "#scripts/testing/open-tail.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TailRoutes } from "#scripts/testing/tail-routes.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { Tails } from "./tails.ts";

const topics = new TestTopics();
const routes = new TailRoutes();
const service = serviceContext();
const never = new AbortController().signal;
afterAll(async () => {
  await service.close();
  await routes.close();
  await topics.close();
});

const VALUE = "x".repeat(400);
/** Nothing is sampled. */
const EVERYTHING = 1_000_000_000;

/** A tail whose viewer doesn't read yet, of a server that shows each feed so many rows in a second. */
async function unreadAt(topic: string, rowsPerSecond: number): Promise<OpenedTail> {
  const request = {
    selection: { topics: [topic], partitions: null },
    isolation: "uncommitted",
    start: { kind: "now" },
    filter: { case: false, keyAs: "auto", valueAs: "auto" },
    quietMs: null,
    keyHash: null,
  } as const;
  const stream = await new Tails({ rowsPerSecond }).open(service.ctx, request, never, never);
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await stream.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await stream.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new OpenedTail(new Response(body));
}

/** By partition, offsets that gap frames of a slow client told, each once. */
function toldAsLost(tail: OpenedTail): Map<number, Set<bigint>> {
  const lost = new Map<number, Set<bigint>>();
  for (const { reason, ranges, lost: counts } of tail.told("gap")) {
    expect(reason).toBe("lost");
    if (counts?.["slow-client"] === undefined) continue;
    for (const [place, first, last] of ranges) {
      const offsets = lost.get(place) ?? new Set();
      lost.set(place, offsets);
      for (let offset = BigInt(first); offset <= BigInt(last); offset++) {
        expect(offsets.has(offset)).toBe(false);
        offsets.add(offset);
      }
    }
  }
  return lost;
}

test("a viewer who doesn't read for a while loses exactly what gaps then tell, and the account adds up", async () => {
  const topic = await topics.create({ partitions: 2, replicationFactor: 1 });
  const tail = await unreadAt(topic, EVERYTHING);
  const total = 30_000;
  for (let sent = 0; sent < total; sent += 1_000) {
    await topics.send(
      topic,
      Array.from({ length: 1_000 }, (_, index) => ({ partition: index % 2, value: `${sent + index} ${VALUE}` })),
    );
  }
  // Another viewer tells when the server has read everything.
  const other = await routes.tail({ topics: topic, from: "earliest", contains: `${total - 1} ` });
  await other.until("the last message", ({ messages }) => messages.length === 1);
  tail.read();
  await tail.until(
    "the account of all",
    ({ stats, messages }) => stats?.in === total && stats.sent === messages.length,
  );
  expect(tail.imbalances).toEqual([]);
  const lost = toldAsLost(tail);
  const dropped = [...lost.values()].reduce((sum, offsets) => sum + offsets.size, 0);
  expect(dropped).toBeGreaterThan(1_000);
  expect(tail.stats?.lost).toEqual({ "slow-client": dropped });
  const seen = new Set(tail.messages.map(({ partition, offset }) => `${partition}/${offset}`));
  const places = tail.told("ready")[0]?.partitions ?? [];
  expect(places).toHaveLength(2);
  for (const [place, [, partition]] of places.entries()) {
    for (let offset = 0n; offset < BigInt(total / 2); offset++) {
      const isLost = lost.get(place)?.has(offset) ?? false;
      // One or the other, and not both.
      if (isLost === seen.has(`${partition}/${offset}`))
        throw new Error(`${partition}@${offset}: told as lost ${isLost}`);
    }
  }
  await topics.send(topic, [{ value: "after all that" }]);
  await tail.until("messages again", ({ values }) => values.includes("after all that"));
  await tail.close();
});

test("more than a screen can show is sampled, and counted", async () => {
  const topic = await topics.create({ partitions: 1, replicationFactor: 1 });
  const tail = await unreadAt(topic, 500);
  tail.read();
  const batch = Array.from({ length: 5_000 }, (_, index) => ({ value: `${index}` }));
  for (let round = 0; round < 3; round++) await topics.send(topic, batch);
  await tail.until("the account of all", ({ stats }) => stats?.in === 15_000);
  expect(tail.stats?.lost.sampled).toBeGreaterThan(0);
  expect(tail.imbalances).toEqual([]);
  await tail.until("what was sampled away", (me) => {
    const told = me.told("gap").reduce((sum, { lost }) => sum + (lost?.sampled ?? 0), 0);
    return told === me.stats?.lost.sampled;
  });
  await tail.close();
});

test("a viewer who catches up is neither sampled nor dropped, however slowly they read", async () => {
  const topic = await topics.create({ partitions: 1, replicationFactor: 1 });
  const batch = Array.from({ length: 1_000 }, (_, index) => ({ value: `${index} ${VALUE}` }));
  for (let round = 0; round < 60; round++) await topics.send(topic, batch);
  const tail = routes.unread(await routes.get({ topics: topic, from: "earliest" }));
  const other = await routes.tail({ topics: topic, from: "last:1" });
  await other.until("the last message", ({ messages }) => messages.length === 1);
  tail.read();
  await tail.until("all", ({ stats }) => stats?.sent === 60_000);
  expect(tail.stats).toMatchObject({ in: 60_000, lost: {} });
  expect(tail.imbalances).toEqual([]);
});
