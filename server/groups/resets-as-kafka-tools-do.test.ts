import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResetScope, ResetTarget } from "#lib/contracts/offset-resets.ts";
import { parseOffsetsCsv } from "#lib/offsets-csv.ts";
import {
  exportByCli,
  type PrintedOffset,
  resetByCli,
  resetFromFileByCli,
} from "#scripts/testing/consumer-groups-cli.ts";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { applyPlan, planReset } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { exportGroupOffsets } from "./export-group-offsets.ts";

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();

const HOUR_MS = 3_600_000;
/** A message an hour, the newest of them half an hour old. */
const FIRST_MS = Date.now() - 9.5 * HOUR_MS;
const time = (hour: number) => FIRST_MS + hour * HOUR_MS;

/** Partition 0: 0–9. Partition 1: 4–9, those before are deleted. Partition 2: empty. Its name is long enough for the tool to quote. */
let orders: string;

beforeAll(async () => {
  orders = await topics.create({ prefix: "orders-of-a-name-that-is-long" });
  const messages = [0, 1].flatMap((partition) =>
    Array.from({ length: 10 }, (_, i) => ({ partition, value: "v", timestamp: String(time(i)) })),
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

/** An empty group of either protocol that has committed 5 and 6 of the first two partitions, and nothing of the third. */
async function stoppedGroup(type: "classic" | "consumer"): Promise<string> {
  const group = groups.name(type);
  if (type === "consumer") {
    const member = await groups.nextGenMember({ group, topics: [orders], commit: false });
    await member.stop();
    await groups.awaitState(group, "Empty");
  }
  await groups.commit(group, { [orders]: { 0: 5, 1: 6 } });
  expect((await groups.listed(group))?.type).toBe(type);
  return group;
}

const whole: ResetScope = { of: "group" };
const iso = (ms: number) => new Date(ms).toISOString();
const topicScope = (): ResetScope => ({ of: "topics", topics: [orders] });
const partitionScope = (...partitions: number[]): ResetScope => ({
  of: "partitions",
  partitions: partitions.map((partition) => ({ topic: orders, partition })),
});

interface Mode {
  readonly name: string;
  readonly target: ResetTarget;
  readonly args: readonly string[];
  /** Default: the whole group. */
  readonly scope?: () => ResetScope;
  readonly scopeArgs?: () => string[];
}

const modes: readonly Mode[] = [
  { name: "earliest", target: { to: "earliest" }, args: ["--to-earliest"] },
  {
    ...{ name: "latest, of a topic", target: { to: "latest" }, args: ["--to-latest"] },
    ...{ scope: topicScope, scopeArgs: () => ["--topic", orders] },
  },
  {
    ...{ name: "a time, of partitions", target: { to: "timestamp", timestampMs: time(7) - 1 } },
    args: ["--to-datetime", iso(time(7) - 1)],
    ...{ scope: () => partitionScope(0, 2), scopeArgs: () => ["--topic", `${orders}:0,2`] },
  },
  {
    ...{ name: "a time before the start", target: { to: "timestamp", timestampMs: time(-5) } },
    args: ["--to-datetime", iso(time(-5))],
  },
  {
    ...{ name: "a time beyond the end, an empty partition too" },
    ...{ target: { to: "timestamp", timestampMs: time(60) }, args: ["--to-datetime", iso(time(60))] },
    ...{ scope: topicScope, scopeArgs: () => ["--topic", orders] },
  },
  { name: "a duration back", target: { to: "ago", durationMs: 3 * HOUR_MS }, args: ["--by-duration", "PT3H"] },
  { name: "an offset", target: { to: "offset", offset: "8" }, args: ["--to-offset", "8"] },
  { name: "a negative offset", target: { to: "offset", offset: "-7" }, args: ["--to-offset", "-7"] },
  {
    ...{ name: "a huge offset", target: { to: "offset", offset: "9223372036854775807" } },
    args: ["--to-offset", "9223372036854775807"],
  },
  { name: "forward", target: { to: "shift", by: "3" }, args: ["--shift-by", "3"] },
  { name: "backward, beyond the start", target: { to: "shift", by: "-4" }, args: ["--shift-by", "-4"] },
];

/** Plans and applies it here. @returns every partition that the plan says something about, as the tool prints it */
async function resetHere(group: string, target: ResetTarget, scope: ResetScope): Promise<PrintedOffset[]> {
  const plan = await planReset(ctx, group, target, { scope });
  expect(plan.problems).toEqual([]);
  await applyPlan(ctx, plan);
  return plan.moves.map(({ topic, partition, to }) => ({ topic, partition, offset: to ?? "" }));
}

describe.each(["classic", "consumer"] as const)("a %s group is moved as kafka-consumer-groups moves it", (type) => {
  const some = type === "classic" ? modes : modes.filter(({ name }) => !/earliest|before|huge|backward/.test(name));

  test.each(some)("$name", { timeout: 60_000 }, async ({ target, args, scope = () => whole, scopeArgs }) => {
    const [here, there] = await Promise.all([stoppedGroup(type), stoppedGroup(type)]);
    const printed = await resetByCli(there, [...(scopeArgs?.() ?? ["--all-topics"]), ...args], "execute");
    expect(await resetHere(here, target, scope())).toEqual(printed);
    expect(await groups.committed(here)).toEqual(await groups.committed(there));
    expect(await groups.listed(here)).toEqual(await groups.listed(there));
  });

  test("a file that the tool exported", { timeout: 60_000 }, async () => {
    const [here, there, from] = await Promise.all([stoppedGroup(type), stoppedGroup(type), groups.name()]);
    await groups.commit(from, { [orders]: { 0: 2, 1: 9, 2: 0 } });
    const exported = await exportByCli(from);
    expect(exported).toContain(`"${orders}"`);
    const printed = await resetFromFileByCli(there, exported, "execute");
    expect(await resetHere(here, { to: "csv", csv: exported }, whole)).toEqual(printed);
    expect(await groups.committed(here)).toEqual(await groups.committed(there));
  });
});

test("a dry run of the tool prints what the plan shows", { timeout: 60_000 }, async () => {
  const group = await stoppedGroup("classic");
  const plan = await planReset(ctx, group, { to: "shift", by: "-1" });
  const printed = await resetByCli(group, ["--all-topics", "--shift-by", "-1"], "dry-run");
  expect(plan.moves.map(({ topic, partition, to }) => ({ topic, partition, offset: to }))).toEqual(printed);
  expect(await groups.committed(group)).toEqual({ [orders]: { 0: 5n, 1: 6n } });
});

test("what is exported here is what the tool exports, and the tool takes it", { timeout: 60_000 }, async () => {
  const group = await stoppedGroup("classic");
  const { bytes } = await exportGroupOffsets(ctx, { params: { cluster: "test", group }, query: {}, body: undefined });
  const csv = new TextDecoder().decode(bytes);
  const rows = (text: string) => parseOffsetsCsv(text, group).rows.map(({ line: _, ...row }) => row);
  expect(new Set(rows(csv))).toEqual(new Set(rows(await exportByCli(group))));
  const printed = await resetFromFileByCli(groups.name(), csv, "dry-run");
  expect(printed).toEqual(rows(csv).map((row) => ({ ...row, offset: row.offset.toString() })));
});
