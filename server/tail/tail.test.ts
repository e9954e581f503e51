import { afterAll, describe, expect, test, vi } from "vitest";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { numbers, problemOf, sorted, TailRoutes, valuesOf } from "#scripts/testing/tail-routes.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { Verifier } from "#server/segments/verify/verifier.ts";
import { tailMessages } from "../messages/tail-messages.ts";
import { Tails } from "./tails.ts";

const topics = new TestTopics();
const routes = new TailRoutes();
afterAll(async () => {
  await routes.close();
  await topics.close();
});

describe("a tail", () => {
  test("from now: what is produced afterwards, each message once, in order, and exact counts", async () => {
    const topic = await topics.create();
    await topics.send(topic, numbers(0, 50));
    const tail = await routes.tail({ topics: topic });
    await topics.send(topic, numbers(50, 100));
    await tail.until("the account of all", ({ stats }) => stats?.sent === 100 && stats.behind === "0");
    expect(sorted(tail.values)).toEqual(valuesOf(50, 150));
    expect(tail.stats).toMatchObject({ in: 100, matched: 100, sent: 100, lost: {}, viewers: 1, waiting: null });
    expect(tail.imbalances).toEqual([]);
  });

  test("from earliest goes over into live while messages keep coming: all, once", async () => {
    const topic = await topics.create();
    await topics.send(topic, numbers(0, 5_000));
    let sent = 5_000;
    let producing = true;
    const production = (async () => {
      while (producing) {
        await topics.send(topic, numbers(sent, 100));
        sent += 100;
      }
    })();
    const tail = await routes.tail({ topics: topic, from: "earliest" });
    await tail.until("more than was there", ({ messages }) => messages.length > 10_000);
    producing = false;
    await production;
    await tail.until("the account of all", ({ stats }) => stats?.sent === sent);
    expect(sorted(tail.values)).toEqual(valuesOf(0, sent));
    expect(tail.imbalances).toEqual([]);
  });

  test("from earliest, of what others were just shown, comes in frames of a bounded length: all, once", async () => {
    const topic = await topics.create();
    const live = await routes.tail({ topics: topic });
    await topics.send(topic, numbers(0, 9_000));
    await live.until("all", ({ messages }) => messages.length === 9_000);
    const late = await routes.tail({ topics: topic, from: "earliest" });
    await late.until("the account of all", ({ stats }) => stats?.sent === 9_000 && stats.viewers === 2);
    await topics.send(topic, numbers(9_000, 10));
    await late.until("what came since", ({ stats }) => stats?.sent === 9_010);
    expect(sorted(late.values)).toEqual(valuesOf(0, 9_010));
    expect(Math.max(...late.told("messages").map(({ rows }) => rows.length))).toBeLessThanOrEqual(5_000);
    expect(late.imbalances).toEqual([]);
  });

  test.each([
    ["last:2", ["n8", "n9"]],
    ["offset:7", ["n7", "n8", "n9"]],
    ["-1h", valuesOf(0, 10)],
  ])("from %s", async (from, values) => {
    const topic = await topics.create({ partitions: 1, replicationFactor: 1 });
    await topics.send(topic, numbers(0, 10));
    const tail = await routes.tail({ topics: topic, from });
    await tail.until("all messages", ({ messages }) => messages.length >= values.length);
    expect(tail.values).toEqual(values);
    expect(tail.told("ready")[0]?.order).toBe("exact");
  });

  test("of a filter sends what matches and counts the rest; of a partition, only that one", async () => {
    const topic = await topics.create({ partitions: 2, replicationFactor: 1 });
    const filtered = await routes.tail({ topics: topic, contains: "n1" });
    const one = await routes.tail({ topics: topic, partitions: "1" });
    await topics.send(
      topic,
      numbers(0, 20).map((message, index) => ({ ...message, partition: index % 2 })),
    );
    await filtered.until("all", ({ stats }) => stats?.in === 20);
    expect(sorted(filtered.values)).toEqual(["n1", ...valuesOf(10, 20)]);
    expect(filtered.stats).toMatchObject({ in: 20, matched: 11, sent: 11 });
    await one.until("its partition", ({ messages }) => messages.length === 10);
    expect(new Set(one.messages.map(({ partition }) => partition))).toEqual(new Set([1]));
  });

  test("of several topics, and of a pattern with a topic that is made meanwhile", async () => {
    const [first, second] = [await topics.create(), await topics.create()];
    const prefix = topics.name("pattern");
    const several = await routes.tail({ topics: `${first},${second}` });
    const matching = await routes.tail({ pattern: `^${prefix}` });
    expect(several.told("ready")[0]?.order).toBe("approximate");
    await topics.send(first, numbers(0, 3));
    await topics.send(second, numbers(3, 3));
    await several.until("both topics", ({ messages }) => messages.length === 6);
    expect(sorted(several.values)).toEqual(valuesOf(0, 6));
    const made = await topics.create({ prefix });
    await topics.send(made, numbers(0, 5));
    await matching.until("the new topic", ({ messages }) => messages.length === 5);
    expect(new Set(matching.messages.map(({ topic }) => topic))).toEqual(new Set([made]));
  });

  test("ends by itself after so much quiet, but not before it has read to the end", async () => {
    const topic = await topics.create();
    await topics.send(topic, numbers(0, 100));
    const tail = await routes.tail({ topics: topic, from: "earliest", quiet: "1" });
    await tail.until("the end", ({ ended }) => ended);
    expect(tail.told("end")).toEqual([{ reason: "quiet", detail: expect.any(String) }]);
    expect(tail.messages).toHaveLength(100);
    expect(tail.imbalances).toEqual([]);
  });

  test("ends when its topic is deleted and stays away; is told when it is made again", async () => {
    const [gone, again] = [await topics.create(), await topics.create()];
    const tails = [await routes.tail({ topics: gone }), await routes.tail({ topics: again })] as const;
    const admin = topics.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [gone, again] });
    await vi.waitFor(async () => expect(await admin.listTopics()).not.toContain(again), { timeout: 10_000 });
    await vi.waitFor(() => admin.createTopics({ topics: [{ topic: again, numPartitions: 1 }], waitForLeaders: true }), {
      timeout: 10_000,
    });
    await admin.disconnect();
    await vi.waitFor(() => topics.send(again, numbers(0, 3)), { timeout: 10_000 });
    await tails[1].until("the new one's messages", ({ messages }) => messages.length === 3);
    expect(tails[1].values).toEqual(valuesOf(0, 3));
    expect(tails[1].told("gap").map(({ reason }) => reason)).toEqual([expect.stringMatching(/^(recreated|deleted)$/)]);
    await tails[0].until("the end", ({ ended }) => ended);
    expect(tails[0].told("end")).toMatchObject([{ reason: "deleted" }]);
  });

  test("committed leaves out what was aborted and tells of it; uncommitted marks it", async () => {
    const topic = await topics.create({ partitions: 1, replicationFactor: 3 });
    const producer = await topics.transactionalProducer();
    const committed = await routes.tail({ topics: topic, isolation: "committed" });
    const uncommitted = await routes.tail({ topics: topic });
    for (const [end, first] of [
      ["commit", 0],
      ["abort", 2],
      ["commit", 4],
    ] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: numbers(first, 2) });
      await transaction[end]();
    }
    await committed.until("committed messages", ({ messages }) => messages.length >= 4);
    await uncommitted.until("all messages", ({ messages }) => messages.length >= 6);
    expect(committed.values).toEqual(["n0", "n1", "n4", "n5"]);
    expect(committed.rows).toContainEqual(expect.objectContaining({ gap: [0, "3", "4"], reason: "aborted" }));
    expect(uncommitted.values).toEqual(valuesOf(0, 6));
    await uncommitted.until("the markers", ({ rows }) =>
      rows.some((row) => "gap" in row && row.reason === "markers" && (row.aborted?.length ?? 0) > 0),
    );
  });

  test("of a key reads one partition when its hash is certain, and says which", async () => {
    const topic = await topics.create({ partitions: 6, replicationFactor: 1 });
    await topics.send(topic, numbers(0, 500));
    const tail = await routes.tail({ topics: topic, key: "k7", from: "earliest" });
    await tail.until("the message", ({ messages }) => messages.length > 0);
    // A producer that hears nothing in time sends again: its message may be stored twice, but no offset comes twice.
    expect(new Set(tail.values)).toEqual(new Set(["n7"]));
    expect(tail.faults).toEqual([]);
    const [ready] = tail.told("ready");
    expect(ready?.keyHash).toEqual({ hash: "murmur2", partition: tail.messages[0]?.partition });
    expect(ready?.partitions).toHaveLength(1);
    const resumed = await routes.resume({ topics: topic, key: "k7" }, tail.positions.cursor() ?? "");
    expect(resumed.told("ready")[0]?.partitions).toHaveLength(1);
    await topics.send(topic, [{ key: "k7", value: "n8" }]);
    await resumed.until("what came since", ({ messages }) => messages.length > 0);
    expect(new Set(resumed.values)).toEqual(new Set(["n8"]));
    expect(resumed.faults).toEqual([]);
  });
});

describe("before a tail begins", () => {
  test.each([
    [{ topics: "there-is-none" }, {}, "topic-not-found"],
    [{ pattern: "(" }, {}, "invalid-request"],
    [{}, {}, "invalid-request"],
    [{ topics: "a" }, { host: "evil.example" }, "host-not-allowed"],
    [{ topics: "a" }, { "sec-fetch-site": "cross-site" }, "cross-site-request"],
    [{ topics: "a" }, { "last-event-id": "x" }, "invalid-request"],
    [{ topics: "a" }, { "last-event-id": "x".repeat(8_193) }, "cursor-too-large"],
  ])("%o with %o is a plain problem: %s", async (query, headers, code) => {
    const response = await routes.get(query as Record<string, string>, headers as Record<string, string>);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect((await problemOf(response)).code).toBe(code);
  });

  test("a topic that this user may not read is refused", async () => {
    const topic = await topics.create();
    const { ctx, close } = serviceContext({ as: "viewer" });
    const tails = new Tails();
    const viewing = new AbortController().signal;
    const query = {
      topics: [topic],
      internal: false,
      from: { kind: "now" },
      isolation: "uncommitted",
      case: false,
    } as const;
    const input = {
      params: { cluster: "test" },
      query: { ...query, topics: [topic], keyAs: "auto" as const, valueAs: "auto" as const },
      body: undefined,
    };
    const verifier = new Verifier();
    await expect(tailMessages({ ...ctx, tails, verifier, viewing, lastEventId: null }, input)).rejects.toMatchObject({
      code: "kafka-forbidden",
    });
    expect(tails).toMatchObject({ viewers: 0, hubs: 0 });
    tails.close();
    await close();
  });
});
