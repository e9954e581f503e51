import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { resetOffsets as contract } from "#lib/contracts/offset-resets.ts";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { madeUpStreamsMember } from "#scripts/testing/made-up-members.ts";
import { applyMoves, applyPlan, move, planReset } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { commitOffsets } from "../kafka/commit-offsets.ts";
import { findCoordinators } from "../kafka/find-coordinators.ts";
import { planUndo } from "./plan-undo.ts";
import { readGroup } from "./read-group.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext({ settings: { changesTopic: topics.name("changes"), audit: "required" } });

/** Three partitions of 10 messages. */
let orders: string;
let group: string;

const tenEach = (topic: string) =>
  topics.send(
    topic,
    Array.from({ length: 30 }, (_, i) => ({ partition: i % 3, value: "v" })),
  );

beforeAll(async () => {
  orders = await topics.create({ prefix: "orders" });
  await tenEach(orders);
  await ctx.changes.create({ actor: "ops", requestId: "r" }, ctx.signal);
});

beforeEach(async () => {
  group = groups.name();
  await groups.commit(group, { [orders]: { 0: 5, 1: 6 } });
});

afterAll(async () => {
  await groups.close();
  await topics.close();
  await close();
});

const undo = (change: string | null) =>
  planUndo(ctx, { params: { cluster: "test", change: change ?? "" }, query: {}, body: undefined });

async function expectUntouched(): Promise<void> {
  expect(await groups.committed(group)).toEqual({ [orders]: { 0: 5n, 1: 6n } });
}

test("commits exactly what was reviewed, reads it back and records it by partition", async () => {
  const scope = { of: "topics" as const, topics: [orders] };
  const plan = await planReset(ctx, group, { to: "offset", offset: "7" }, { scope });
  const { change, outcomes, recordProblem } = await applyPlan(ctx, plan);
  expect(recordProblem).toBeNull();
  expect(outcomes).toEqual(
    [0, 1, 2].map((partition) => ({ topic: orders, partition, outcome: "moved", committedOffset: "7", detail: null })),
  );
  expect(await groups.committed(group)).toEqual({ [orders]: { 0: 7n, 1: 7n, 2: 7n } });
  expect(await ctx.changes.get(change ?? "", ctx.signal)).toMatchObject({
    ...{ action: "reset-offsets", state: "done", target: { group }, partitionCount: 3, notUndoable: null },
    partitions: [
      { partition: 0, before: { offset: "5" }, after: { offset: "7" }, outcome: "moved" },
      { partition: 1, before: { offset: "6" }, after: { offset: "7" }, outcome: "moved" },
      { partition: 2, before: null, after: { offset: "7" }, outcome: "moved" },
    ],
  });
});

test("the observer doesn't take it for consumers that assign themselves partitions by hand", async () => {
  const { groupObserver, groups: reading } = ctx.state;
  const movesSeen = async () => {
    reading.forget();
    await groupObserver.sample(ctx.signal);
    return groupObserver.history(group)?.memberlessMoves?.count ?? 0;
  };
  expect(await movesSeen()).toBe(0);
  const plan = await planReset(ctx, group, { to: "offset", offset: "7" });
  await applyPlan(ctx, plan);
  expect(await movesSeen()).toBe(0);
  await groups.commit(group, { [orders]: { 0: 8 } });
  expect(await movesSeen()).toBe(1);
});

test("makes a group that isn't there yet: classic, empty", async () => {
  const fresh = groups.name("a/b ..");
  const plan = await planReset(ctx, fresh, { to: "earliest" }, { scope: { of: "topics", topics: [orders] } });
  expect(plan.exists).toBe(false);
  await applyPlan(ctx, plan);
  expect((await readGroup(ctx, fresh)).reading).toMatchObject({ type: "classic", state: "empty", members: [] });
  expect(await groups.committed(fresh)).toEqual({ [orders]: { 0: 0n, 1: 0n, 2: 0n } });
});

describe("refused, and nothing is committed", () => {
  test("when a classic consumer starts between plan and apply", async () => {
    const plan = await planReset(ctx, group, { to: "earliest" });
    expect(plan.refusal).toBeNull();
    const member = await groups.classicMember({ group, topics: [orders], commit: false });
    await groups.awaitMember(group, member.clientId);
    await expect(applyPlan(ctx, plan)).rejects.toMatchObject({
      code: "group-not-empty",
      message: expect.stringContaining(member.clientId),
    });
    await expectUntouched();
    await member.stop();
    await applyPlan(ctx, plan);
    expect(await groups.committed(group)).toEqual({ [orders]: { 0: 0n, 1: 0n } });
  });

  test("when one of the next generation does", async () => {
    const plan = await planReset(ctx, group, { to: "earliest" });
    const member = await groups.nextGenMember({ group, topics: [orders], commit: false });
    await expect(applyPlan(ctx, plan)).rejects.toMatchObject({ code: "group-not-empty" });
    await expectUntouched();
    await member.stop();
  });

  test("when a member joins after everything was checked: Kafka itself refuses, and that is on record", async () => {
    const plan = await planReset(ctx, group, { to: "earliest" });
    const begin = ctx.changes.begin.bind(ctx.changes);
    const joining = vi.spyOn(ctx.changes, "begin").mockImplementationOnce(async (...args) => {
      await groups.nextGenMember({ group, topics: [orders], commit: false });
      return begin(...args);
    });
    await expect(applyPlan(ctx, plan)).rejects.toMatchObject({ code: "group-not-empty" });
    joining.mockRestore();
    await expectUntouched();
    const { changes } = await ctx.changes.list({ limit: 1, group }, ctx.signal);
    expect(changes).toMatchObject([{ state: "failed", failure: expect.stringContaining("A member has joined") }]);
    await expect(undo(changes[0]?.id ?? null)).rejects.toMatchObject({ code: "change-not-undoable" });
  });

  test("when the group has moved since, naming where it is now", async () => {
    const plan = await planReset(ctx, group, { to: "earliest" });
    await groups.commit(group, { [orders]: { 0: 9 } });
    await expect(applyPlan(ctx, plan)).rejects.toMatchObject({
      code: "plan-outdated",
      message: expect.stringContaining(`${orders}-0 is at 9 now, not at 5`),
    });
    expect(await groups.committed(group)).toEqual({ [orders]: { 0: 9n, 1: 6n } });
  });

  test("when it moves after everything was checked, while that is being recorded: it is on record as failed", async () => {
    const plan = await planReset(ctx, group, { to: "earliest" });
    const begin = ctx.changes.begin.bind(ctx.changes);
    const moving = vi.spyOn(ctx.changes, "begin").mockImplementationOnce(async (...args) => {
      const record = await begin(...args);
      await groups.commit(group, { [orders]: { 1: 8 } });
      return record;
    });
    await expect(applyPlan(ctx, plan)).rejects.toMatchObject({
      code: "plan-outdated",
      message: expect.stringContaining(`${orders}-1 is at 8 now, not at 6`),
    });
    moving.mockRestore();
    expect(await groups.committed(group)).toEqual({ [orders]: { 0: 5n, 1: 8n } });
    const { changes } = await ctx.changes.list({ limit: 1, group }, ctx.signal);
    expect(changes).toMatchObject([{ state: "failed", notUndoable: expect.stringContaining("before anything was") }]);
  });

  test("when it has committed where it had not, and when its commits are gone", async () => {
    await expect(applyMoves(ctx, group, [move(orders, 0, null, 0)])).rejects.toMatchObject({ code: "plan-outdated" });
    await expect(applyMoves(ctx, group, [move(orders, 2, 4, 0)])).rejects.toMatchObject({
      message: expect.stringContaining("has no commit now"),
    });
    await expectUntouched();
  });

  test("when a target has left its partition, by retention or by being no offset of it", async () => {
    const short = await topics.create({ prefix: "short" });
    await tenEach(short);
    await groups.commit(group, { [short]: { 0: 8 } });
    const plan = await planReset(ctx, group, { to: "earliest" });
    const admin = topics.kafka.admin();
    await admin.connect();
    await deleteBefore(admin, short, 0, "3");
    await admin.disconnect();
    await expect(applyPlan(ctx, plan)).rejects.toMatchObject({
      code: "offset-out-of-range",
      message: expect.stringContaining(`${short}-0 has offsets 3 to 10, so not 0`),
    });
    for (const to of [11, -1]) {
      await expect(applyMoves(ctx, group, [move(orders, 0, 5, to)])).rejects.toMatchObject({
        code: "offset-out-of-range",
      });
    }
    expect(await groups.committed(group)).toEqual({ [orders]: { 0: 5n, 1: 6n }, [short]: { 0: 8n } });
  });

  test("when a topic or partition isn't there, and when one stands twice", async () => {
    const wrong = [
      ["topic-not-found", [move("never-made", 0, null, 0)]],
      ["partition-not-found", [move(orders, 3, null, 0)]],
      ["invalid-request", [move(orders, 0, 5, 0), move(orders, 0, 5, 1)]],
    ] as const;
    for (const [code, moves] of wrong) {
      await expect(applyMoves(ctx, group, [move(orders, 1, 6, 0), ...moves])).rejects.toMatchObject({ code });
    }
    await expectUntouched();
  });

  test("when an epoch is none that the partition has had, or no int32", async () => {
    const wrong = { ...move(orders, 0, 5, 1), toLeaderEpoch: 1_000_000_000 };
    await expect(applyMoves(ctx, group, [wrong])).rejects.toMatchObject({
      ...{ code: "invalid-request", message: expect.stringContaining("has had no leader epoch 1000000000") },
    });
    expect(contract.body.safeParse({ moves: [{ ...wrong, toLeaderEpoch: 2 ** 31 }] }).success).toBe(false);
    expect(contract.body.safeParse({ moves: [wrong] }).success).toBe(true);
    await expectUntouched();
  });

  test("when it can't be recorded and has to be", async () => {
    const unrecorded = serviceContext({ settings: { changesTopic: topics.name("none"), audit: "required" } });
    const plan = await planReset(unrecorded.ctx, group, { to: "earliest" });
    expect(plan.recording).toMatchObject({ audit: "required", state: "missing" });
    await expect(applyPlan(unrecorded.ctx, plan)).rejects.toMatchObject({ code: "change-log-missing" });
    await expectUntouched();
    await unrecorded.close();
  });

  test("for a share group and a streams group, naming the tool that can", async () => {
    const share = groups.name("share");
    await groups.shareMember({ group: share, topics: [orders] });
    const streams = groups.name("streams");
    const member = await madeUpStreamsMember(ctx, { group: streams, topology: { "0": [orders] } });
    for (const [type, other] of Object.entries({ share, streams })) {
      const message = expect.stringContaining(`kafka-${type}-groups.sh --bootstrap-server`);
      await expect(applyMoves(ctx, other, [move(orders, 0, null, 0)])).rejects.toMatchObject({
        ...{ code: "group-type-unsupported", message },
      });
    }
    expect((await planReset(ctx, streams, { to: "earliest" })).refusal).toMatchObject({
      command: expect.stringContaining("--dry-run"),
    });
    await member.stop();
  });
});

test("a producer that writes between plan and apply changes nothing of what was reviewed", async () => {
  const busy = await topics.create({ prefix: "busy" });
  await tenEach(busy);
  const plan = await planReset(ctx, group, { to: "latest" }, { scope: { of: "topics", topics: [busy] } });
  await tenEach(busy);
  await applyPlan(ctx, plan);
  expect((await groups.committed(group))[busy]).toEqual({ 0: 10n, 1: 10n, 2: 10n });
});

test("what the coordinator refuses of one partition is its outcome; the others are moved", async () => {
  // One more than offset.metadata.max.bytes.
  const moves = [move(orders, 0, 5, 1), { ...move(orders, 1, 6, 1), toMetadata: "x".repeat(4_097) }];
  const { outcomes, change } = await applyMoves(ctx, group, moves);
  expect(outcomes).toMatchObject([
    { outcome: "moved", committedOffset: "1", detail: null },
    { outcome: "failed", committedOffset: "6", detail: expect.stringContaining("offset.metadata.max.bytes") },
  ]);
  expect(await ctx.changes.get(change ?? "", ctx.signal)).toMatchObject({ state: "partial" });
  // What wasn't moved is not to be taken back.
  expect((await undo(change)).moves).toMatchObject([{ partition: 0, from: "1", to: "5" }]);
});

test("more commits than a request holds are moved in several", async () => {
  // Each commit is stored with the group's name.
  const long = groups.name("g".repeat(3_000));
  const wide = await topics.create({ prefix: "wide", partitions: 120, replicationFactor: 1 });
  const scope = { of: "topics" as const, topics: [wide] };
  // New leaders take a moment until they tell their offsets.
  const plan = await vi.waitFor(async () => {
    const read = await planReset(ctx, long, { to: "earliest" }, { scope });
    expect(read.totals.moved).toBe(120);
    return read;
  }, 10_000);
  const { outcomes } = await applyPlan(ctx, plan);
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["moved"]));
  expect(Object.keys((await groups.committed(long))[wide] ?? {})).toHaveLength(120);
});

describe("undo", () => {
  async function commitWith(metadata: string, leaderEpoch: number | null, offset: bigint): Promise<void> {
    const coordinator = (await findCoordinators(ctx.kafka, [group], ctx.signal)).get(group);
    const brokerId = coordinator !== undefined && "brokerId" in coordinator ? coordinator.brokerId : -1;
    await commitOffsets(
      ctx.kafka,
      brokerId,
      group,
      [{ topic: orders, partition: 0, offset, leaderEpoch, metadata }],
      ctx.signal,
    );
  }
  const held = async () => (await readGroup(ctx, group)).reading.committed;

  test("gives back every partition exactly: offset, metadata, leader epoch, and no commit where there was none", async () => {
    await commitWith('{"at":"naïve"}', 0, 5n);
    const before = await held();
    const scope = { of: "topics" as const, topics: [orders] };
    const { change } = await applyPlan(ctx, await planReset(ctx, group, { to: "latest" }, { scope }));
    expect(await groups.committed(group)).toEqual({ [orders]: { 0: 10n, 1: 10n, 2: 10n } });

    const plan = await undo(change);
    expect(plan.moves).toMatchObject([
      { partition: 0, from: "10", to: "5", toLeaderEpoch: 0, toMetadata: '{"at":"naïve"}', direction: "replay" },
      { partition: 1, from: "10", to: "6", direction: "replay" },
      { partition: 2, from: "10", to: null, direction: "forget" },
    ]);
    const undone = await applyPlan(ctx, plan, change);
    expect(undone.outcomes.map(({ outcome }) => outcome)).toEqual(["moved", "moved", "moved"]);
    expect(await held()).toEqual(before);
    expect(await ctx.changes.get(change ?? "", ctx.signal)).toMatchObject({ undoneBy: undone.change });
  });

  test("what retention deleted meanwhile is clamped, and said to be; nothing is left to move when all is as it was", async () => {
    const short = await topics.create({ prefix: "short" });
    await tenEach(short);
    await groups.commit(group, { [short]: { 0: 2 } });
    const scope = { of: "topics" as const, topics: [short] };
    const { change } = await applyPlan(ctx, await planReset(ctx, group, { to: "latest" }, { scope }));
    const admin = topics.kafka.admin();
    await admin.connect();
    await deleteBefore(admin, short, 0, "4");
    await admin.disconnect();
    const plan = await undo(change);
    expect(plan.moves[0]).toMatchObject({ to: "4", toLeaderEpoch: null, flags: ["restored", "clamped-to-start"] });
    const { change: undone } = await applyPlan(ctx, plan, change);
    expect((await undo(undone)).moves[0]).toMatchObject({ from: "4", to: "10" });
  });

  test("an epoch that the partition has never had is not given back: consumers would take the log for cut off", async () => {
    await commitWith("mine", 1_000_000, 5n);
    const { change } = await applyPlan(ctx, await planReset(ctx, group, { to: "latest" }));
    const plan = await undo(change);
    expect(plan.moves[0]).toMatchObject({ partition: 0, to: "5", toLeaderEpoch: null, toMetadata: "mine" });
    const undone = await applyPlan(ctx, plan, change);
    expect(undone.outcomes.map(({ outcome }) => outcome)).toEqual(["moved", "moved"]);
  });

  test("what lay beyond the end goes to the end as it was reviewed, though more has been written since", async () => {
    const short = await topics.create({ prefix: "short" });
    await tenEach(short);
    await groups.commit(group, { [short]: { 0: 25 } });
    const scope = { of: "partitions" as const, partitions: [{ topic: short, partition: 0 }] };
    const { change } = await applyPlan(ctx, await planReset(ctx, group, { to: "earliest" }, { scope }));
    const plan = await undo(change);
    expect(plan.moves).toMatchObject([{ from: "0", to: "10", flags: ["clamped-to-end"] }]);
    await tenEach(short);
    const undone = await applyPlan(ctx, plan, change);
    expect(undone.outcomes).toMatchObject([{ outcome: "moved", committedOffset: "10" }]);
    await expect(applyMoves(ctx, group, [move(short, 0, 10, 21)], change)).rejects.toMatchObject({
      code: "offset-out-of-range",
    });
  });

  test("what differs only in metadata is given back too; beyond 4,096 characters as well", async () => {
    await commitWith("mine", null, 10n);
    const before = await held();
    const lost = { ...move(orders, 0, 10, 10), toMetadata: "lost" };
    const { change, outcomes } = await applyMoves(ctx, group, [lost]);
    expect(outcomes).toMatchObject([{ outcome: "moved" }]);
    const plan = await undo(change);
    expect(plan.moves).toMatchObject([{ from: "10", to: "10", toMetadata: "mine", direction: "restore" }]);
    expect(plan.totals).toMatchObject({ moved: 1, replayed: "0", skipped: "0" });
    const undone = await applyPlan(ctx, plan, change);
    expect(undone.outcomes).toMatchObject([{ outcome: "moved" }]);
    expect(await held()).toEqual(before);
    expect((await undo(change)).moves).toMatchObject([{ direction: "none" }]);
    const body = (toMetadata: string) => contract.body.safeParse({ moves: [{ ...lost, toMetadata }] }).success;
    expect([body("x".repeat(32_767)), body("x".repeat(32_768)), body("\u{1f40c}".repeat(8_192))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("only what its record says takes a change back: nobody marks another change as taken back", async () => {
    const { change } = await applyPlan(ctx, await planReset(ctx, group, { to: "latest" }));
    const other = groups.name();
    await groups.commit(other, { [orders]: { 0: 10 } });
    await expect(applyMoves(ctx, other, [move(orders, 0, 10, 5)], change)).rejects.toMatchObject({
      ...{ code: "invalid-request", message: expect.stringContaining(`made to group "${group}"`) },
    });
    const wrong = [move(orders, 0, 10, 4), move(orders, 2, null, 4), { ...move(orders, 0, 10, 5), toMetadata: "x" }];
    for (const one of wrong) {
      await expect(applyMoves(ctx, group, [one], change)).rejects.toMatchObject({ code: "plan-outdated" });
    }
    const never = "000000000-000000000000";
    await expect(applyMoves(ctx, group, [move(orders, 0, 10, 5)], never)).rejects.toMatchObject({
      code: "change-not-found",
    });
    expect(await ctx.changes.get(change ?? "", ctx.signal)).toMatchObject({ undoneBy: null });
    await applyPlan(ctx, await undo(change), change);
    await expectUntouched();
  });

  test("a topic that is gone is a problem of the plan", async () => {
    const gone = await topics.create({ prefix: "gone" });
    await tenEach(gone);
    const scope = { of: "topics" as const, topics: [gone, orders] };
    const { change } = await applyPlan(ctx, await planReset(ctx, group, { to: "latest" }, { scope }));
    const admin = topics.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [gone] });
    await admin.disconnect();
    await expect.poll(async () => (await undo(change)).problems.map(({ topic }) => topic)).toContain(gone);
    expect((await undo(change)).moves.map(({ topic }) => topic)).toEqual([orders, orders, orders]);
  });

  test("a topic made anew stays as it is, and the plan says why: what was saved are offsets of another's messages", async () => {
    const anew = await topics.create({ prefix: "anew" });
    await tenEach(anew);
    await groups.commit(group, { [anew]: { 0: 4 } });
    const scope = { of: "topics" as const, topics: [anew] };
    const { change } = await applyPlan(ctx, await planReset(ctx, group, { to: "latest" }, { scope }));
    const admin = topics.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [anew] });
    // Deleted, then made: brokers learn of both one after another.
    await vi.waitFor(
      () => admin.createTopics({ waitForLeaders: false, topics: [{ topic: anew, numPartitions: 3 }] }),
      10_000,
    );
    await admin.disconnect();
    const plan = await vi.waitFor(async () => {
      const read = await undo(change);
      expect(read.problems).toMatchObject([{ topic: anew, detail: expect.stringContaining("made anew") }]);
      expect(read.moves).toHaveLength(3);
      return read;
    }, 10_000);
    expect(plan.moves.map(({ direction, flags }) => [direction, flags.includes("kept")])).toEqual(
      [0, 1, 2].map(() => ["none", true]),
    );
  });

  test("of a change that isn't known", async () => {
    await expect(undo("000000000-000000000000")).rejects.toMatchObject({ code: "change-not-found" });
  });
});
