import { afterAll, beforeAll, expect, test } from "vitest";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { readGroup } from "./read-group.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();
let orders: string;

beforeAll(async () => {
  orders = await topics.create({ prefix: "orders" });
  const numbered = (partition: number) =>
    Array.from({ length: 10 }, (_, index) => ({ partition, key: String(index), value: "order" }));
  await topics.send(orders, [0, 1, 2].flatMap(numbered));
});
afterAll(async () => {
  await groups.close();
  await topics.close();
  await close();
});

test("a group that only commits: empty, without members, its commits beside the ends of its partitions", async () => {
  const group = groups.name("a/b ..");
  await groups.commit(group, { [orders]: { 0: 4, 2: 0 } });
  const { reading, ends, missing } = await readGroup(ctx, group);
  expect(reading).toMatchObject({ group, type: "classic", state: "empty", assignor: null, members: [] });
  const commit = { leaderEpoch: null, metadata: "" };
  const committed = new Map([
    [0, { ...commit, offset: 4n }],
    [2, { ...commit, offset: 0n }],
  ]);
  expect(reading.committed).toEqual(new Map([[orders, committed]]));
  expect(ends.get(orders)).toEqual({
    logStartOffsets: [0n, 0n, 0n],
    highWatermarks: [10n, 10n, 10n],
    lastStableOffsets: [10n, 10n, 10n],
  });
  expect(missing).toEqual([]);
});

test("a classic group: its member, what it wants and has, by which assignor", async () => {
  const group = groups.name();
  const { clientId } = await groups.classicMember({ group, topics: [orders] });
  await groups.awaitMember(group, clientId);
  const { reading } = await readGroup(ctx, group);
  expect(reading).toMatchObject({ type: "classic", state: "stable", protocolType: "consumer", groupEpoch: null });
  expect(reading.assignor).toBe("RoundRobinAssigner");
  expect(reading.members).toMatchObject([
    { clientId, host: "127.0.0.1", subscribedTopics: [orders], target: null, memberEpoch: null, instanceId: null },
  ]);
  expect(reading.members?.[0]?.assigned).toEqual(new Map([[orders, [0, 1, 2]]]));
});

test("a group of the new protocol: the same, with its epochs", async () => {
  const group = groups.name();
  const { clientId } = await groups.nextGenMember({ group, topics: [orders] });
  const { reading } = await readGroup(ctx, group);
  expect(reading).toMatchObject({ type: "consumer", state: "stable", assignor: "uniform" });
  expect(reading.groupEpoch).toBeGreaterThan(0);
  expect(reading.members).toMatchObject([{ clientId, subscribedTopics: [orders], memberEpoch: reading.groupEpoch }]);
  expect(reading.members?.[0]?.assigned).toEqual(new Map([[orders, [0, 1, 2]]]));
  expect(reading.members?.[0]?.target).toEqual(reading.members?.[0]?.assigned);
});

test("a group that isn't there is named", async () => {
  const group = groups.name("missing");
  await expect(readGroup(ctx, group)).rejects.toMatchObject({
    code: "group-not-found",
    message: expect.stringContaining(group),
  });
});

test.each([
  ["empty", ""],
  ["a folder", ".."],
  ["a control character", "\u0000"],
  ["any text", "😀 漢"],
  ["half a character", "\ud800"],
  ["too long", "x".repeat(32_767)],
  ["longer than Kafka's strings", "é".repeat(30_000)],
])("an id that no group has, or can have, is no error of Kafka's: %s", async (_, group) => {
  await expect(readGroup(ctx, group)).rejects.toMatchObject({ code: "group-not-found" });
});
