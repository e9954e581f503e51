import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyPlan } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { deleteGroup as deleteService } from "./delete-group.ts";
import { deleteGroupOffsets } from "./delete-group-offsets.ts";
import { exportGroupOffsets } from "./export-group-offsets.ts";
import { planUndo } from "./plan-undo.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext({ settings: { changesTopic: topics.name("changes"), audit: "required" } });

let orders: string;
let payments: string;
let group: string;

beforeAll(async () => {
  [orders, payments] = await Promise.all([topics.create({ prefix: "orders" }), topics.create({ prefix: "payments" })]);
  const messages = Array.from({ length: 30 }, (_, i) => ({ partition: i % 3, value: "v" }));
  await topics.send(orders, messages);
  await topics.send(payments, messages);
  await ctx.changes.create({ actor: "ops", requestId: "r" }, ctx.signal);
});

beforeEach(async () => {
  group = groups.name("a/b ..");
  await groups.commit(group, { [orders]: { 0: 5, 1: 6 }, [payments]: { 2: 7 } });
});

afterAll(async () => {
  await groups.close();
  await topics.close();
  await close();
});

const params = () => ({ cluster: "test", group });
const deleteGroup = () => deleteService(ctx, { params: params(), query: {}, body: undefined });
const deleteOffsets = (topic: string) =>
  deleteGroupOffsets(ctx, { params: params(), query: { topic }, body: undefined });
const undo = (change: string | null) =>
  planUndo(ctx, { params: { cluster: "test", change: change ?? "" }, query: {}, body: undefined });

describe("a group", () => {
  test("is deleted with all it committed, which its undo gives back", async () => {
    const before = await groups.committed(group);
    const { change, recordProblem } = await deleteGroup();
    expect(recordProblem).toBeNull();
    expect(await groups.listed(group)).toBeNull();
    await expect(deleteGroup()).rejects.toMatchObject({ code: "group-not-found" });

    const plan = await undo(change);
    expect(plan).toMatchObject({ exists: false, totals: { moved: 3 } });
    await applyPlan(ctx, plan, change);
    expect(await groups.committed(group)).toEqual(before);
  });

  test("with members stays as it is", async () => {
    const member = await groups.classicMember({ group, topics: [orders], commit: false });
    await groups.awaitMember(group, member.clientId);
    await expect(deleteGroup()).rejects.toMatchObject({
      code: "group-not-empty",
      message: expect.stringContaining(member.clientId),
    });
    expect(await groups.listed(group)).toMatchObject({ state: "Stable" });
    await member.stop();
  });

  test("of the type share is left to Kafka's own tool", async () => {
    group = groups.name("share");
    await groups.shareMember({ group, topics: [orders] });
    const message = expect.stringContaining("kafka-share-groups.sh --bootstrap-server");
    await expect(deleteGroup()).rejects.toMatchObject({ code: "group-type-unsupported", message });
    await expect(deleteOffsets(orders)).rejects.toMatchObject({ code: "group-type-unsupported", message });
  });
});

describe("a group's commits of one topic", () => {
  test("are taken away, the others stay, and the undo gives them back", async () => {
    const before = await groups.committed(group);
    const { outcomes, change } = await deleteOffsets(orders);
    expect(outcomes).toEqual(
      [0, 1].map((partition) => ({ topic: orders, partition, outcome: "moved", committedOffset: null, detail: null })),
    );
    expect(await groups.committed(group)).toEqual({ [payments]: { 2: 7n } });
    await applyPlan(ctx, await undo(change), change);
    expect(await groups.committed(group)).toEqual(before);
  });

  test("stay while a member is subscribed to the topic; those of another topic go meanwhile", async () => {
    const member = await groups.classicMember({ group, topics: [orders], commit: false });
    await groups.awaitMember(group, member.clientId);
    await expect(deleteOffsets(orders)).rejects.toMatchObject({
      code: "group-not-empty",
      message: expect.stringContaining(member.clientId),
    });
    await deleteOffsets(payments);
    expect(await groups.committed(group)).toEqual({ [orders]: { 0: 5n, 1: 6n } });
    await member.stop();
  });

  test("that aren't there are said to be none", async () => {
    await expect(deleteOffsets("never-made")).rejects.toMatchObject({ code: "group-refused" });
    group = groups.name();
    await expect(deleteOffsets(orders)).rejects.toMatchObject({ code: "group-not-found" });
  });
});

test("an export is what was committed, by topic and partition", async () => {
  const { bytes, fileName } = await exportGroupOffsets(ctx, { params: params(), query: {}, body: undefined });
  expect(new TextDecoder().decode(bytes)).toBe(`${orders},0,5\n${orders},1,6\n${payments},2,7\n`);
  expect(fileName).toBe(`${group}-offsets.csv`);
});
