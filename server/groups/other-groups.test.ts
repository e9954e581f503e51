import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getGroup as getContract, listGroups as listContract } from "#lib/contracts/groups.ts";
import { madeUpClassicMember, madeUpStreamsMember } from "#scripts/testing/made-up-members.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getGroup } from "./get-group.ts";
import { listGroups } from "./list-groups.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();
const stops: (() => Promise<void>)[] = [];
let orders: string;
let payments: string;

beforeAll(async () => {
  [orders, payments] = await Promise.all([topics.create(), topics.create({ partitions: 1, replicationFactor: 1 })]);
  await topics.send(
    orders,
    [0, 1, 2].map((partition) => ({ partition, value: "order" })),
  );
});
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await groups.close();
  await topics.close();
  await close();
});

/** Both as their routes answer them. */
async function shown(group: string) {
  const all = await listGroups(ctx, { params: { cluster: "test" }, query: {}, body: undefined });
  const detail = await getGroup(ctx, { params: { cluster: "test", group }, query: {}, body: undefined });
  return {
    listed: listContract.response.parse(all).groups.find((one) => one.group === group),
    detail: getContract.response.parse(detail),
  };
}

test("a share group: type, state and members; it has no offsets, and the command that tells more is named", async () => {
  const group = groups.name("share");
  const { clientId } = await groups.shareMember({ group, topics: [orders] });
  const partitions = [0, 1, 2];
  await vi.waitFor(
    async () => {
      const { members } = (await shown(group)).detail;
      expect(members).toMatchObject([{ clientId, assigned: [{ topic: orders, partitions }] }]);
    },
    { timeout: 20_000, interval: 200 },
  );
  const { listed, detail } = await shown(group);
  expect(listed).toMatchObject({ type: "share", state: "stable", memberCount: 1, lag: null, timeLag: null });
  expect(detail).toMatchObject({
    ...{ type: "share", state: "stable", partitions: [], lag: null, missing: [] },
    members: [{ clientId, subscribedTopics: [orders], idleBecause: null }],
    unread: { command: expect.stringContaining("kafka-share-groups.sh") },
  });
});

test("a streams group: its tasks as the partitions they read, its commits as any other's", async () => {
  const group = groups.name("streams");
  const topology = { "0": [orders, payments] };
  const { memberId, stop } = await madeUpStreamsMember(ctx, { group, topology });
  stops.push(stop);
  const { listed, detail } = await shown(group);
  expect(listed).toMatchObject({ type: "streams", state: "stable", memberCount: 1, partitionCount: 4, uncommitted: 4 });
  expect(detail).toMatchObject({ type: "streams", assignor: null, lag: "3", uncommitted: 4, missing: [] });
  // Task 1 and 2 read nothing of payments, which has one partition.
  expect(detail.partitions.map((one) => [one.topic, one.partition, one.memberId])).toEqual(
    [
      [orders, 0],
      [orders, 1],
      [orders, 2],
      [payments, 0],
    ]
      .sort()
      .map((row) => [...row, memberId]),
  );
  expect(detail.members).toMatchObject([{ memberId, subscribedTopics: [orders, payments].sort(), idleBecause: null }]);
  expect(detail.unread?.command).toContain("kafka-streams-groups.sh");
});

test("a group of another protocol: its members stand, what they hold is said not to be partitions", async () => {
  const group = groups.name("connect");
  const bytes = Buffer.from("a worker's own words");
  const member = { group, protocolType: "connect", metadata: bytes, assignment: bytes };
  stops.push((await madeUpClassicMember(ctx, member)).stop);
  const { listed, detail } = await shown(group);
  expect(listed).toMatchObject({ type: "classic", state: "stable", memberCount: 1, partitionCount: 0, lag: null });
  expect(detail).toMatchObject({ protocolType: "connect", partitions: [], missing: [] });
  expect(detail.members).toMatchObject([{ subscribedTopics: [], assigned: [], idleBecause: null }]);
  expect(detail.unread?.detail).toContain('"connect"');
});

test("what a member makes up about itself harms nothing: other groups stand, its own is told as far as it goes", async () => {
  const [group, other] = [groups.name("liar"), groups.name()];
  await groups.commit(other, { [orders]: { 0: 0 } });
  const topic = (name: string) => {
    const bytes = Buffer.from(name);
    return Buffer.concat([Buffer.from([0, bytes.length]), bytes]);
  };
  const int32s = (...values: number[]) => Buffer.from(new Int32Array(values).buffer).swap32();
  const version = Buffer.from([0, 1]);
  const nowhere = "no/such topic\u0000\n";
  const metadata = Buffer.concat([version, int32s(2), topic(nowhere), topic(orders), int32s(-1), int32s(0)]);
  const assignment = Buffer.concat([
    ...[version, int32s(2), topic(orders), int32s(2, 1, 2_000_000_000)],
    ...[topic(nowhere), int32s(1, 7), int32s(-1)],
  ]);
  stops.push((await madeUpClassicMember(ctx, { group, metadata, assignment })).stop);
  const { listed, detail } = await shown(group);
  expect(listed).toMatchObject({ state: "stable", lag: "1", lagUnread: 1, uncommitted: 1, partitionCount: 2 });
  expect(detail.partitions.map((one) => [one.topic, one.partition, one.lag, one.committedRead])).toEqual([
    [nowhere, 7, null, false],
    [orders, 1, "1", true],
  ]);
  expect((await shown(other)).listed).toMatchObject({ lag: "1" });

  // Kafka 4 takes no subscription that isn't one, but any assignment.
  const garbage = groups.name("garbage");
  const random = Buffer.from("00007fffffff7fffffff", "hex");
  stops.push((await madeUpClassicMember(ctx, { group: garbage, metadata, assignment: random })).stop);
  const { detail: told } = await shown(garbage);
  expect(told).toMatchObject({ state: "stable", partitions: [], members: [{ assigned: [] }] });
});
