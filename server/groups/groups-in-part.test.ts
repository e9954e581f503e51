import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getGroup as getContract, listGroups as listContract } from "#lib/contracts/groups.ts";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { applyMoves, move, planReset } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import type { ClusterContext } from "../context.ts";
import { findCoordinators } from "../kafka/find-coordinators.ts";
import { exportGroupOffsets } from "./export-group-offsets.ts";
import { getGroup } from "./get-group.ts";
import { listGroups } from "./list-groups.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const everything = serviceContext();
const viewer = serviceContext({ as: "viewer" });
const cutOff = serviceContext({ settings: { bootstrapServers: testCluster().misadvertised } });
const granted: [resource: "--topic" | "--group", name: string][] = [];
const [seen, hidden, nextGen] = [groups.name("seen"), groups.name("hidden"), groups.name("next-gen")];
let open: string;
let secret: string;

beforeAll(async () => {
  [open, secret] = await Promise.all([topics.create({ prefix: "open" }), topics.create({ prefix: "secret" })]);
  await topics.send(
    open,
    [0, 1, 2].map((partition) => ({ partition, value: "seen" })),
  );
  await groups.commit(seen, { [open]: { 0: 0 }, [secret]: { 0: 0 } });
  await groups.commit(hidden, { [open]: { 0: 0 } });
  await groups.nextGenMember({ group: nextGen, topics: [open, secret] });
  await groups.awaitCommitted(nextGen, open, { 0: 1, 1: 1, 2: 1 });
  granted.push(["--topic", open], ["--group", seen], ["--group", nextGen]);
  await Promise.all(granted.map((one) => acl("--add", one)));
  await vi.waitFor(
    async () => expect((await list(viewer.ctx)).groups.map(({ group }) => group)).toEqual([nextGen, seen].sort()),
    { timeout: 15_000, interval: 200 },
  );
});
afterAll(async () => {
  await Promise.all(granted.map((one) => acl("--remove", one, "--force")));
  await Promise.all([viewer, cutOff, everything].map(({ close }) => close()));
  await groups.close();
  await topics.close();
});

async function acl(act: string, [resource, name]: (typeof granted)[number], ...options: string[]): Promise<void> {
  await runTool("org.apache.kafka.tools.AclCommand", [
    ...["--bootstrap-server", testCluster().bootstrap.join(",")],
    ...[act, "--allow-principal", "User:viewer", "--operation", "Describe", resource, name, ...options],
  ]);
}

async function list(ctx: ClusterContext, query: { topic?: string } = {}) {
  return listContract.response.parse(await listGroups(ctx, { params: { cluster: "test" }, query, body: undefined }));
}

async function get(ctx: ClusterContext, group: string) {
  const input = { params: { cluster: "test", group }, query: {}, body: undefined };
  return getContract.response.parse(await getGroup(ctx, input));
}

test("a user sees the groups and commits that Kafka lets them see, and is told whose right is missing", async () => {
  const { groups: listed, missing } = await list(viewer.ctx);
  expect(listed.find(({ group }) => group === seen)).toMatchObject({ topics: [open], lag: "1", lagUnread: 0 });
  // Of a group of the new protocol Kafka tells nothing when one of its topics is out of sight.
  expect(listed.find(({ group }) => group === nextGen)).toMatchObject({
    ...{ type: "consumer", state: "stable", memberCount: null, topics: [open], lag: "0" },
  });
  expect(missing).toMatchObject([
    { part: expect.stringMatching(/^members of 1 group on broker \d$/), code: "kafka-forbidden" },
  ]);
  expect(missing[0]?.detail).toContain("Describe on every topic of such a group");
  expect(await get(viewer.ctx, seen)).toMatchObject({ lag: "1", partitions: [{ topic: open, lag: "1" }] });
});

test("what a user may not see is forbidden by name, not unknown", async () => {
  await expect(get(viewer.ctx, hidden)).rejects.toMatchObject({
    code: "kafka-forbidden",
    message: expect.stringContaining(`Describe on Group ${hidden}`),
  });
  await expect(list(viewer.ctx, { topic: secret })).rejects.toMatchObject({ code: "kafka-forbidden" });
});

test("a group with one topic out of sight: its page tells what the list does, and only a reset is refused", async () => {
  const { type, state, members, partitions, missing } = await get(viewer.ctx, nextGen);
  expect({ type, state, members }).toEqual({ type: "consumer", state: "stable", members: null });
  expect(partitions.map(({ topic, partition }) => [topic, partition])).toEqual([0, 1, 2].map((at) => [open, at]));
  expect(missing).toMatchObject([{ part: "members of the group", code: "kafka-forbidden" }]);
  const input = { params: { cluster: "test", group: nextGen }, query: {}, body: undefined };
  const { bytes } = await exportGroupOffsets(viewer.ctx, input);
  expect(new TextDecoder().decode(bytes)).toContain(`${open},0,1`);
  const { refusal, moves } = await planReset(viewer.ctx, nextGen, { to: "earliest" });
  expect(refusal).toMatchObject({ code: "kafka-forbidden", detail: expect.stringContaining("every topic") });
  expect(moves).toEqual([]);
  const some = [move(open, 0, 1, 0)];
  await expect(applyMoves(viewer.ctx, nextGen, some)).rejects.toMatchObject({ code: "kafka-forbidden" });
});

const NAMES_A_TURN = 50;

/** A group's name whose coordinator is, or isn't, broker 2; which leads none of the offsets after a restart, until leaders are elected. */
async function nameBy(onBroker2: boolean): Promise<string> {
  const { kafka, signal } = everything.ctx;
  for (let turn = 0; turn < 2; turn++) {
    const names = Array.from({ length: NAMES_A_TURN }, () => groups.name());
    for (const [name, found] of await findCoordinators(kafka, names, signal)) {
      if ("brokerId" in found && (found.brokerId === 2) === onBroker2) return name;
    }
    await runTool("org.apache.kafka.tools.LeaderElectionCommand", [
      ...["--bootstrap-server", testCluster().bootstrap.join(",")],
      ...["--election-type", "preferred", "--all-topic-partitions"],
    ]);
  }
  throw new Error(`Broker 2 coordinates ${onBroker2 ? "no" : "every"} group.`);
}

test("a coordinator that can't be reached costs only its groups, and only its partitions' lag", async () => {
  const [away, there] = await Promise.all([nameBy(true), nameBy(false)]);
  for (const group of [away, there]) await groups.commit(group, { [open]: { 0: 0, 1: 0, 2: 0 } });
  const { groups: listed, missing } = await list(cutOff.ctx);
  const one = listed.find(({ group }) => group === there);
  expect(one).toMatchObject({ state: "empty", memberCount: 0, topics: [open], partitionCount: 3, uncommitted: 0 });
  // Each broker leads one of the three partitions.
  expect([one?.lag, one?.lagUnread]).toEqual(["2", 1]);
  expect(listed.some(({ group }) => group === away)).toBe(false);
  expect(missing).toContainEqual(
    expect.objectContaining({ part: "groups that broker 2 coordinates", code: "broker-unreachable", brokerId: 2 }),
  );
  await expect(get(cutOff.ctx, away)).rejects.toMatchObject({ code: "broker-unreachable" });
});
