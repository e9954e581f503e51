import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { planReset } from "#scripts/testing/offset-resets.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import type { ResetEdit, ResetScope, ResetTarget } from "./contracts/offset-resets.ts";
import {
  deleteGroupCommand,
  deleteGroupOffsetsCommand,
  describeGroupCommand,
  describeOtherGroupCommand,
  type GroupCommand,
  movesCommand,
  resetOffsetsCommand,
  resetOtherGroupCommand,
} from "./group-commands.ts";

const classes: Readonly<Record<string, string>> = {
  "kafka-consumer-groups.sh": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
  "kafka-share-groups.sh": "org.apache.kafka.tools.consumer.group.ShareGroupCommand",
  "kafka-streams-groups.sh": "org.apache.kafka.tools.streams.StreamsGroupCommand",
};
const TIMEOUT_MS = 90_000;
const [bootstrap = ""] = testCluster().bootstrap;
const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();
let orders: string;

beforeAll(async () => {
  orders = await topics.create({ prefix: "orders" });
  await topics.send(
    orders,
    Array.from({ length: 30 }, (_, i) => ({ partition: i % 3, value: "v" })),
  );
});

afterAll(async () => {
  await groups.close();
  await topics.close();
  await close();
});

/** Lets a shell take a command line apart as it would, then runs Kafka's own class behind the script; what it printed. */
async function run({ command, file }: GroupCommand): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "tailrace-command-"));
  try {
    if (file !== null) await writeFile(join(dir, file.name), file.content);
    let printed = "";
    for (const one of command.split(" &&\n")) {
      const words = execFileSync("/bin/sh", ["-c", `printf '%s\\0' ${one}`])
        .toString("utf8")
        .split("\0")
        .slice(0, -1);
      const [script = "", ...args] = words;
      const inDir = args.map((word) => (word === file?.name ? join(dir, word) : word));
      const { stdout, stderr } = await runTool(classes[script] ?? script, inDir);
      printed += stdout + stderr;
    }
    return printed;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const plain = (command: string) => run({ command, file: null });
/** A name that a shell would take apart, with what the tool could take for an option. */
const awkward = () => groups.name("--it's a/b ..");

test("every reset command does what its plan shows", { timeout: TIMEOUT_MS }, async () => {
  const whole: ResetScope = { of: "group" };
  const edits: ResetEdit[] = [{ topic: orders, partition: 1, offset: "2" }];
  const resets: [ResetTarget, ResetScope, ResetEdit[]][] = [
    [{ to: "timestamp", timestampMs: Date.now() + 60_000 }, whole, []],
    [{ to: "ago", durationMs: 86_400_500 }, { of: "topics", topics: [orders] }, []],
    [{ to: "shift", by: "-2" }, { of: "partitions", partitions: [{ topic: orders, partition: 0 }] }, []],
    [{ to: "shift", by: "1" }, { of: "topics", topics: [orders] }, edits],
  ];
  for (const [target, scope, edited] of resets) {
    const group = awkward();
    await groups.commit(group, { [orders]: { 0: 5, 1: 6 } });
    const { moves } = await planReset(ctx, group, target, { scope, edits: edited });
    const printed = await run(resetOffsetsCommand(bootstrap, { group, scope, target, edits: edited, moves }));
    const held: Record<number, bigint> = { 0: 5n, 1: 6n };
    for (const { partition, to } of moves) if (to !== null) held[partition] = BigInt(to);
    expect(await groups.committed(group), printed).toEqual({ [orders]: held });
  }
});

test("an undo's command sets and takes away; groups and offsets are described and deleted", {
  timeout: TIMEOUT_MS,
}, async () => {
  const group = awkward();
  await groups.commit(group, { [orders]: { 0: 5, 1: 6, 2: 7 } });
  const back = { topic: orders, partition: 0, to: "1", direction: "replay" as const, flags: [] };
  await run(movesCommand(bootstrap, group, [back, { ...back, partition: 2, to: null, direction: "forget" }]));
  expect(await groups.committed(group)).toEqual({ [orders]: { 0: 1n, 1: 6n } });

  expect(await plain(describeGroupCommand(bootstrap, group))).toMatch(new RegExp(`${orders}\\s+1\\s`));
  expect(await plain(describeGroupCommand(bootstrap, group, "state"))).toContain("Empty");
  await plain(deleteGroupOffsetsCommand(bootstrap, group, orders));
  expect(await groups.committed(group)).toEqual({});
  await groups.commit(group, { [orders]: { 0: 5 } });
  await plain(deleteGroupCommand(bootstrap, group));
  expect(await groups.listed(group)).toBeNull();
});

test("the tools for share and streams groups take their commands", { timeout: TIMEOUT_MS }, async () => {
  const group = groups.name("share");
  const member = await groups.shareMember({ group, topics: [orders] });
  expect(await plain(describeOtherGroupCommand("share", bootstrap, group))).toContain(orders);
  await member.stop();
  await groups.awaitState(group, "Empty");
  expect(await plain(resetOtherGroupCommand("share", bootstrap, group))).toMatch(new RegExp(`${orders}\\s+0\\s+0`));
  const absent = groups.name("streams");
  const refused = await plain(resetOtherGroupCommand("streams", bootstrap, absent)).catch(
    (error: Error) => error.message,
  );
  expect(refused).toMatch(/not found|does not exist|No .*group/i);
});
