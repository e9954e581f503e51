import { describe, expect, test } from "vitest";
import type { MoveFlag, ResetEdit, ResetScope, ResetTarget } from "./contracts/offset-resets.ts";
import {
  deleteGroupCommand,
  deleteGroupOffsetsCommand,
  describeGroupCommand,
  movesCommand,
  resetOffsetsCommand,
  resetOtherGroupCommand,
} from "./group-commands.ts";

const at = "kafka:9092";
const group = "billing";
const move = (
  partition: number,
  to: string | null,
  direction: "replay" | "none" | "forget",
  flags: MoveFlag[] = [],
) => ({
  ...{ topic: "orders", partition, to, direction, flags },
});
const moves = [move(0, "5", "replay"), move(1, "7", "none", ["kept"])];

function reset(
  target: ResetTarget,
  {
    scope = { of: "group" },
    edits = [],
    planned = moves,
  }: {
    scope?: ResetScope;
    edits?: ResetEdit[];
    planned?: typeof moves;
  } = {},
) {
  return resetOffsetsCommand(at, { group, scope, target, edits, moves: planned });
}

const oneLine = (command: string) => command.replaceAll(/ \\\n\s+/g, " ");
const head = "kafka-consumer-groups.sh --bootstrap-server kafka:9092 --group billing";

test.each<[ResetTarget, string]>([
  [{ to: "earliest" }, "--to-earliest"],
  [{ to: "latest" }, "--to-latest"],
  [{ to: "timestamp", timestampMs: 1_795_141_200_123 }, "--to-datetime 2026-11-20T02:20:00.123Z"],
  [{ to: "ago", durationMs: 900_000 }, "--by-duration PT900S"],
  [{ to: "ago", durationMs: 1_050 }, "--by-duration PT1.050S"],
  [{ to: "offset", offset: "9007199254740993" }, "--to-offset 9007199254740993"],
  [{ to: "shift", by: "-15" }, "--shift-by -15"],
])("%j is the tool's own mode", (target, mode) => {
  const { command, file } = reset(target);
  expect(oneLine(command)).toBe(`${head} --all-topics --reset-offsets ${mode} --execute`);
  expect(file).toBeNull();
});

test.each<[ResetScope, string]>([
  [{ of: "topics", topics: ["orders", "payments"] }, "--topic orders --topic payments"],
  [
    {
      of: "partitions",
      partitions: [
        { topic: "orders", partition: 0 },
        { topic: "payments", partition: 3 },
        { topic: "orders", partition: 2 },
      ],
    },
    "--topic orders:0,2 --topic payments:3",
  ],
])("%j", (scope, options) => {
  expect(oneLine(reset({ to: "latest" }, { scope }).command)).toContain(` ${options} --reset-offsets `);
});

describe("what the tool has no mode for is given it as a file of the plan's moves", () => {
  const edits = [{ topic: "orders", partition: 1, offset: null }];
  const uncommitted = [...moves, move(2, null, "none", ["no-commit", "kept"])];
  test.each([
    ["edits", reset({ to: "earliest" }, { edits })],
    ["another group", reset({ to: "group", group: "other" })],
    ["a file", reset({ to: "csv", csv: "orders,0,5" })],
    ["a shift of partitions without a commit", reset({ to: "shift", by: "1" }, { planned: uncommitted })],
    ["a time beyond its calendar", reset({ to: "timestamp", timestampMs: 8_640_000_000_000_001 })],
  ])("%s", (_, { command, file }) => {
    expect(oneLine(command)).toBe(`${head} --reset-offsets --from-file offsets.csv --execute`);
    expect(file).toEqual({ name: "offsets.csv", content: "orders,0,5\n" });
  });
});

test("an undo sets what it sets and deletes what it takes away", () => {
  const { command, file } = movesCommand(at, group, [...moves, move(2, null, "forget"), move(4, null, "forget")]);
  expect(oneLine(command)).toBe(
    `${head} --reset-offsets --from-file offsets.csv --execute &&\n${head} --topic orders:2,4 --delete-offsets`,
  );
  expect(file?.content).toBe("orders,0,5\n");
  const only = movesCommand(at, group, [move(2, null, "forget")]);
  expect(only).toEqual({ command: expect.not.stringContaining("--from-file"), file: null });
});

test("the other acts, with names that a shell would take apart", () => {
  expect(oneLine(deleteGroupCommand(at, "it's a/b ..; rm"))).toBe(
    "kafka-consumer-groups.sh --bootstrap-server kafka:9092 --group 'it'\\''s a/b ..; rm' --delete",
  );
  expect(oneLine(deleteGroupOffsetsCommand(at, group, "orders"))).toBe(`${head} --topic orders --delete-offsets`);
  expect(oneLine(describeGroupCommand(at, group, "members"))).toBe(`${head} --describe --members --verbose`);
  expect(oneLine(resetOtherGroupCommand("share", at, group))).toContain("kafka-share-groups.sh");
  expect(resetOtherGroupCommand("streams", at, group)).toContain("--dry-run");
});
