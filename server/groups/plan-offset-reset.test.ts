import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { planReset } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { SampledHistory } from "./observer/sampled-history.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();

const MINUTE_MS = 60_000;
const FIRST_MS = Date.now() - 60 * MINUTE_MS;
/** Partition 0: 0–9. Partition 1: 4–9, those before are deleted. Partition 2 is empty. A message a minute. */
let orders: string;

beforeAll(async () => {
  orders = await topics.create({ prefix: "orders" });
  const messages = [0, 1].flatMap((partition) =>
    Array.from({ length: 10 }, (_, i) => ({ partition, value: "v", timestamp: String(FIRST_MS + i * MINUTE_MS) })),
  );
  await topics.send(orders, messages);
  const admin = topics.kafka.admin();
  await admin.connect();
  await deleteBefore(admin, orders, 1, "4");
  await admin.disconnect();
});

afterAll(async () => {
  await groups.close();
  await topics.close();
  await close();
});

async function stoppedGroup(offsets: Record<number, number>): Promise<string> {
  const group = groups.name();
  await groups.commit(group, { [orders]: offsets });
  return group;
}

const byPartition = ({ moves }: Awaited<ReturnType<typeof planReset>>) =>
  Object.fromEntries(moves.map(({ partition, to }) => [partition, to]));

test("a plan tells what is replayed and skipped, in messages and time, and moves nothing", async () => {
  const group = await stoppedGroup({ 0: 6, 1: 5 });
  const at = FIRST_MS + 5.5 * MINUTE_MS;
  const plan = await planReset(ctx, group, { to: "timestamp", timestampMs: at });
  expect(plan).toMatchObject({ group, exists: true, type: "classic", state: "empty", refusal: null, problems: [] });
  const time = (minute: number) => FIRST_MS + minute * MINUTE_MS;
  expect(plan.moves).toEqual([
    expect.objectContaining({ partition: 0, from: "6", to: "6", direction: "none", lagAfter: "4", flags: [] }),
    expect.objectContaining({
      ...{ partition: 1, from: "5", to: "6", direction: "skip", difference: "1", lagAfter: "4" },
      ...{ logStartOffset: "4", highWatermark: "10", fromTimestampMs: time(5), toTimestampMs: time(6) },
    }),
  ]);
  expect(plan.totals).toEqual({ moved: 1, replayed: "0", skipped: "1", lagAfter: "8" });
  expect(await groups.committed(group)).toEqual({ [orders]: { 0: 6n, 1: 5n } });
});

test.each([
  ["before the first message", FIRST_MS - 1, { 0: "0", 1: "4" }],
  ["at the start of time", 0, { 0: "0", 1: "4" }],
  ["exactly a message's", FIRST_MS + 7 * MINUTE_MS, { 0: "7", 1: "7" }],
  ["beyond the last message", FIRST_MS + 10 * MINUTE_MS, { 0: "10", 1: "10" }],
  ["beyond any calendar", Number.MAX_SAFE_INTEGER, { 0: "10", 1: "10" }],
])("a time %s", async (_, timestampMs, expected) => {
  const plan = await planReset(ctx, await stoppedGroup({ 0: 3, 1: 4 }), { to: "timestamp", timestampMs });
  expect(byPartition(plan)).toEqual(expected);
  const unmatched = plan.moves.map(({ flags }) => flags.includes("no-match"));
  expect(unmatched).toEqual([timestampMs > FIRST_MS + 9 * MINUTE_MS, timestampMs > FIRST_MS + 9 * MINUTE_MS]);
});

test("an empty partition has no time and no message: its high watermark, said to be", async () => {
  const plan = await planReset(ctx, groups.name(), { to: "ago", durationMs: 1_000 }, { scope: all() });
  expect(plan.moves[2]).toMatchObject({
    ...{ to: "0", direction: "first-commit", toTimestampMs: null },
    flags: expect.arrayContaining(["empty", "no-match", "no-commit"]),
  });
});

test.each([
  ["-1", { 0: "0", 1: "4", 2: "0" }, "clamped-to-start"],
  ["-9223372036854775808", { 0: "0", 1: "4", 2: "0" }, "clamped-to-start"],
  ["9223372036854775807", { 0: "10", 1: "10", 2: "0" }, "clamped-to-end"],
])("offset %s is clamped, and flagged", async (offset, expected, flag) => {
  const plan = await planReset(ctx, groups.name(), { to: "offset", offset }, { scope: all() });
  expect(byPartition(plan)).toEqual(expected);
  for (const { flags } of plan.moves) expect(flags).toContain(flag);
});

test("a shift moves what is committed and leaves the rest without a commit", async () => {
  const group = await stoppedGroup({ 0: 5, 1: 5 });
  const plan = await planReset(ctx, group, { to: "shift", by: "-3" }, { scope: all() });
  expect(byPartition(plan)).toEqual({ 0: "2", 1: "4", 2: null });
  expect(plan.moves.map(({ flags }) => flags)).toEqual([[], ["clamped-to-start"], ["no-commit", "empty", "kept"]]);
  const far = await planReset(ctx, group, { to: "shift", by: "9223372036854775807" });
  expect(byPartition(far)).toEqual({ 0: "10", 1: "10" });
});

describe("scopes", () => {
  test("the whole group is what it committed, and what its members hold", async () => {
    const group = groups.name();
    const member = await groups.classicMember({ group, topics: [orders], commit: false });
    await groups.awaitMember(group, member.clientId);
    expect((await planReset(ctx, group, { to: "earliest" })).moves).toHaveLength(3);
    await member.stop();
    expect((await planReset(ctx, group, { to: "earliest" })).moves).toHaveLength(0);
  });

  test("topics and partitions that it never committed, and a group that isn't there", async () => {
    const plan = await planReset(ctx, groups.name(), { to: "latest" }, { scope: all() });
    expect(plan).toMatchObject({ exists: false, refusal: null, totals: { moved: 3, replayed: "0", skipped: "16" } });
    expect(plan.moves.map(({ direction }) => direction)).toEqual(["first-commit", "first-commit", "first-commit"]);
    const some = await planReset(ctx, groups.name(), { to: "latest" }, { scope: only(1) });
    expect(byPartition(some)).toEqual({ 1: "10" });
  });

  test("an unknown topic or partition is a problem, and the rest is planned", async () => {
    const scope = { of: "topics" as const, topics: [orders, "never-made"] };
    const plan = await planReset(ctx, groups.name(), { to: "latest" }, { scope });
    expect(plan.moves).toHaveLength(3);
    expect(plan.problems).toMatchObject([{ topic: "never-made", partition: null, line: null }]);
    const some = await planReset(ctx, groups.name(), { to: "latest" }, { scope: only(0, 3) });
    expect(byPartition(some)).toEqual({ 0: "10" });
    expect(some.problems).toMatchObject([{ partition: 3, detail: expect.stringContaining("0 to 2") }]);
  });
});

test("where another group is: its commits, and what it never committed stays", async () => {
  const other = await stoppedGroup({ 1: 7 });
  const group = await stoppedGroup({ 0: 3 });
  const plan = await planReset(ctx, group, { to: "group", group: other });
  expect(byPartition(plan)).toEqual({ 0: "3", 1: "7" });
  expect(plan.moves[0]?.flags).toContain("kept");
  await expect(planReset(ctx, group, { to: "group", group: groups.name() })).rejects.toMatchObject({
    code: "group-not-found",
  });
});

test("a file moves what it names; bad lines are told with line and reason; the scope narrows it", async () => {
  const csv = `topic,partition,offset\r\n"${orders}",0,3\n${orders},1,x\n${orders},9,1\nnever-made,0,1\n${orders},2,99\n`;
  const plan = await planReset(ctx, groups.name(), { to: "csv", csv });
  expect(byPartition(plan)).toEqual({ 0: "3", 2: "0" });
  expect(plan.problems.map(({ line }) => line).toSorted()).toEqual([3, 4, 5]);
  const narrowed = await planReset(ctx, groups.name(), { to: "csv", csv }, { scope: only(0, 1) });
  expect(byPartition(narrowed)).toEqual({ 0: "3", 1: null });
});

test("edits win over the target, are clamped as any offset, and have to be within the scope", async () => {
  const group = await stoppedGroup({ 0: 5, 1: 6 });
  const edits = [
    { topic: orders, partition: 0, offset: "77" },
    { topic: orders, partition: 1, offset: null },
    { topic: orders, partition: 2, offset: "0" },
  ];
  const plan = await planReset(ctx, group, { to: "earliest" }, { edits });
  expect(byPartition(plan)).toEqual({ 0: "10", 1: "6" });
  expect(plan.moves.map(({ flags }) => flags)).toEqual([
    ["edited", "clamped-to-end"],
    ["edited", "kept"],
  ]);
  expect(plan.problems).toMatchObject([{ topic: orders, partition: 2 }]);
});

test("a group that runs is planned and refused, with who is in it and how long a killed member stays", async () => {
  const group = groups.name();
  const member = await groups.nextGenMember({ group, topics: [orders] });
  const { refusal, moves } = await planReset(ctx, group, { to: "earliest" });
  expect(refusal).toMatchObject({
    ...{ code: "group-not-empty", sessionTimeoutMs: 45_000, command: null },
    members: [{ clientId: member.clientId, host: "127.0.0.1", assigned: [{ topic: orders, partitions: [0, 1, 2] }] }],
  });
  expect(moves).toHaveLength(3);
  await member.stop();
  await groups.awaitState(group, "Empty");
  expect(await planReset(ctx, group, { to: "earliest" })).toMatchObject({ type: "consumer", refusal: null });
});

test("a share group is refused, naming the tool that can", async () => {
  const group = groups.name("share");
  await groups.shareMember({ group, topics: [orders] });
  const plan = await planReset(ctx, group, { to: "earliest" });
  expect(plan).toMatchObject({ type: "share", moves: [] });
  expect(plan.refusal).toMatchObject({
    code: "group-type-unsupported",
    command: expect.stringMatching(/^kafka-share-groups\.sh .*--group/s),
  });
  await expect(planReset(ctx, groups.name(), { to: "group", group })).rejects.toMatchObject({
    code: "group-type-unsupported",
  });
});

test("commits of nobody who is in the group are a warning", async () => {
  const group = await stoppedGroup({ 0: 5 });
  expect(await planReset(ctx, group, { to: "earliest" })).toMatchObject({ mayBeOverwritten: false });
  const now = Date.now();
  const byHand: SampledHistory = Object.create(SampledHistory.prototype, {
    memberlessSinceMs: { value: now - 120_000 },
    memberlessMoves: { value: { count: 9, newestMs: now - 1_000 } },
  });
  const history = vi.spyOn(ctx.state.groupObserver, "history").mockReturnValue(byHand);
  expect(await planReset(ctx, group, { to: "earliest" })).toMatchObject({ mayBeOverwritten: true, refusal: null });
  history.mockRestore();
});

test("problems are bounded, and what is more is counted", async () => {
  const absent = Array.from({ length: 500 }, (_, index) => ({ topic: `never-made-${index}`, partition: 0 }));
  const scope = { of: "partitions" as const, partitions: absent };
  const { problems } = await planReset(ctx, groups.name(), { to: "latest" }, { scope });
  expect(problems).toHaveLength(201);
  expect(problems.at(-1)?.detail).toContain("300 more");
});

function all() {
  return { of: "topics" as const, topics: [orders] };
}

function only(...partitions: number[]) {
  return { of: "partitions" as const, partitions: partitions.map((partition) => ({ topic: orders, partition })) };
}
