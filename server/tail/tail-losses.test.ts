import { afterAll, expect, test } from "vitest";
import type { OpenedTail } from "#scripts/testing/open-tail.ts";
import { TailRoutes } from "#scripts/testing/tail-routes.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";

const topics = new TestTopics();
const routes = new TailRoutes();
afterAll(async () => {
  await routes.close();
  await topics.close();
});

const VALUE = "x".repeat(400);

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
  const tail = routes.unread(await routes.get({ topics: topic }));
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
  expect(tail.stats?.lost["slow-client"]).toBeGreaterThan(1_000);
  const lost = toldAsLost(tail);
  const sampled = tail.stats?.lost.sampled ?? 0;
  const seen = new Set(tail.messages.map(({ partition, offset }) => `${partition}/${offset}`));
  let missing = 0;
  for (let offset = 0n; offset < BigInt(total / 2); offset++) {
    for (const place of [0, 1]) {
      const [, partition = -1] = tail.told("ready")[0]?.partitions[place] ?? [];
      const isLost = lost.get(place)?.has(offset) ?? false;
      const isSeen = seen.has(`${partition}/${offset}`);
      expect(isLost && isSeen).toBe(false);
      if (!isLost && !isSeen) missing += 1;
    }
  }
  // What was sampled away lies in ranges among what was sent, or in those that were lost whole.
  expect(missing).toBeLessThanOrEqual(sampled);
  await topics.send(topic, [{ value: "after all that" }]);
  await tail.until("messages again", ({ values }) => values.includes("after all that"));
});

test("more than a screen can show is sampled, and counted", async () => {
  const topic = await topics.create({ partitions: 1, replicationFactor: 1 });
  const tail = await routes.tail({ topics: topic });
  const batch = Array.from({ length: 20_000 }, (_, index) => ({ value: `${index}` }));
  for (let round = 0; round < 5; round++) await topics.send(topic, batch);
  await tail.until("the account of all", ({ stats }) => stats?.in === 100_000);
  expect(tail.stats?.lost.sampled).toBeGreaterThan(0);
  expect(tail.imbalances).toEqual([]);
  await tail.until("what was sampled away", (me) => {
    const told = me.told("gap").reduce((sum, { lost }) => sum + (lost?.sampled ?? 0), 0);
    return told === me.stats?.lost.sampled;
  });
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
