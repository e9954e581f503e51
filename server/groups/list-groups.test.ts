import { afterAll, beforeAll, expect, test } from "vitest";
import { getGroup as getContract, listGroups as listContract } from "#lib/contracts/groups.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getGroup } from "./get-group.ts";
import { listGroups } from "./list-groups.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();
const all = { params: { cluster: "test" }, query: {}, body: undefined };
const about = (group: string) => ({ params: { cluster: "test", group }, query: {}, body: undefined });
let orders: string;
let payments: string;

beforeAll(async () => {
  [orders, payments] = await Promise.all([
    topics.create({ prefix: "orders" }),
    topics.create({ prefix: "payments", partitions: 1, replicationFactor: 1 }),
  ]);
  const numbered = (partition: number) => Array.from({ length: 10 }, () => ({ partition, value: "10 in each" }));
  await topics.send(orders, [0, 1, 2].flatMap(numbered));
  await topics.send(payments, numbered(0));
});
afterAll(async () => {
  await groups.close();
  await topics.close();
  await close();
});

/** As the route answers it. */
async function listed(query: { topic?: string } = {}) {
  return listContract.response.parse(await listGroups(ctx, { ...all, query }));
}

test("groups of both protocols and one that only commits, in one list", async () => {
  const [committing, classic, nextGen] = [groups.name("a/b .."), groups.name(), groups.name()];
  await groups.commit(committing, { [orders]: { 0: 4, 2: 0 }, [payments]: { 0: 10 } });
  await groups.classicMember({ group: classic, topics: [payments], commit: false });
  await groups.nextGenMember({ group: nextGen, topics: [orders] });
  await groups.awaitCommitted(nextGen, orders, { 0: 10, 1: 10, 2: 10 });
  const { groups: found, missing } = await listed();
  const one = (group: string) => found.find((each) => each.group === group);
  expect(one(committing)).toMatchObject({
    ...{ type: "classic", state: "empty", assignor: null, memberCount: 0, coordinator: expect.any(Number) },
    ...{ topics: [orders, payments].sort(), topicCount: 2, partitionCount: 3, uncommitted: 0, lag: "16", lagUnread: 0 },
  });
  expect(one(classic)).toMatchObject({
    ...{ type: "classic", state: "stable", assignor: "RoundRobinAssigner", memberCount: 1, topics: [payments] },
    ...{ partitionCount: 1, uncommitted: 1, lag: "10", lagUnread: 0 },
  });
  expect(one(nextGen)).toMatchObject({
    ...{ type: "consumer", state: "stable", assignor: "uniform", memberCount: 1, topics: [orders] },
    ...{ partitionCount: 3, uncommitted: 0, lag: "0", lagUnread: 0 },
  });
  expect(missing).toEqual([]);
  expect(found.map(({ group }) => group)).toEqual(found.map(({ group }) => group).sort());
});

test("one topic's groups: their numbers are of that topic alone", async () => {
  const [both, other] = [groups.name(), groups.name()];
  await groups.commit(both, { [orders]: { 0: 4, 2: 0 }, [payments]: { 0: 3 } });
  await groups.commit(other, { [orders]: { 1: 1 } });
  await listed();
  const { groups: found } = await listed({ topic: payments });
  expect(found.map(({ group }) => group)).not.toContain(other);
  expect(found.find(({ group }) => group === both)).toMatchObject({
    ...{ topics: [payments], topicCount: 1, partitionCount: 1, lag: "7" },
  });
  await expect(listed({ topic: topics.name("missing") })).rejects.toMatchObject({ code: "topic-not-found" });
});

test("one group is what the list says of it, with its partitions", async () => {
  const group = groups.name();
  await groups.commit(group, { [orders]: { 0: 4, 2: 0 } });
  await groups.nextGenMember({ group, topics: [orders, payments], commit: false });
  const detail = getContract.response.parse(await getGroup(ctx, about(group)));
  const { groups: found } = await listed();
  const { state, type, lag, uncommitted, lagUnread, assignor, coordinator } = detail;
  expect(found.find((each) => each.group === group)).toMatchObject({
    ...{ state, type, lag, uncommitted, lagUnread, assignor, coordinator, memberCount: 1, partitionCount: 4 },
  });
  expect([lag, uncommitted, detail.unread, detail.missing]).toEqual(["36", 2, null, []]);
  const rows = detail.partitions.map((one) => [one.topic, one.partition, one.committedOffset, one.lag, one.stableLag]);
  expect(rows).toEqual([
    [orders, 0, "4", "6", "6"],
    [orders, 1, null, "10", "10"],
    [orders, 2, "0", "10", "10"],
    [payments, 0, null, "10", "10"],
  ]);
  const [member] = detail.members ?? [];
  expect(detail.partitions.every(({ memberId, committedRead }) => memberId === member?.memberId && committedRead)).toBe(
    true,
  );
  expect(member).toMatchObject({
    ...{ subscribedTopics: [orders, payments], target: null, idleBecause: null },
    assigned: [
      { topic: orders, partitions: [0, 1, 2] },
      { topic: payments, partitions: [0] },
    ],
  });
});

test("a member too many: why it has nothing", async () => {
  const group = groups.name();
  await groups.classicMember({ group, topics: [payments] });
  await groups.classicMember({ group, topics: [payments] });
  await groups.awaitMemberCount(group, 2);
  const { members } = await getGroup(ctx, about(group));
  const because = members?.map(({ idleBecause }) => idleBecause).sort();
  expect(because).toEqual(["2 members share 1 partition, and a partition is given to one member only.", null]);
});
