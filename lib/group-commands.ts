import type { PlannedMove, ResetEdit, ResetScope, ResetTarget } from "./contracts/offset-resets.ts";
import { shellCommand } from "./kafka-commands.ts";
import { formatOffsetsCsv } from "./offsets-csv.ts";

/** What is done to groups, as command lines of Kafka's own tools, ready to paste into a POSIX shell. Options as in Kafka 3.6 to 4.x. */

/** `state`, `members`: besides the offsets, which are the default. */
export function describeGroupCommand(
  bootstrap: string,
  group: string,
  what: "offsets" | "members" | "state" = "offsets",
): string {
  const options = { offsets: [], members: [["--members", "--verbose"]], state: [["--state", "--verbose"]] };
  return groupTool(bootstrap, group, ["--describe"], ...options[what]);
}

/** `kafka-share-groups.sh`, `kafka-streams-groups.sh`: what the one for consumer groups doesn't show. */
export function describeOtherGroupCommand(type: "share" | "streams", bootstrap: string, group: string): string {
  return otherGroupTool(type, bootstrap, group, ["--describe"], ["--offsets"]);
}

/**
 * What a reset of all topics would do to a share or streams group: those tools move them. With `--execute` instead of `--dry-run` it is
 * done, and the one for streams deletes the group's internal topics along with it.
 */
export function resetOtherGroupCommand(type: "share" | "streams", bootstrap: string, group: string): string {
  const all = type === "share" ? "--all-topics" : "--all-input-topics";
  return otherGroupTool(type, bootstrap, group, [all], ["--reset-offsets", "--to-earliest", "--dry-run"]);
}

/** The one for streams deletes the group's internal topics only when it is told to: `--delete-all-internal-topics`. */
export function deleteOtherGroupCommand(type: "share" | "streams", bootstrap: string, group: string): string {
  return otherGroupTool(type, bootstrap, group, ["--delete"]);
}

export function deleteOtherGroupOffsetsCommand(
  type: "share" | "streams",
  bootstrap: string,
  group: string,
  topic: string,
): string {
  const option = type === "share" ? "--topic" : "--input-topic";
  return otherGroupTool(type, bootstrap, group, [option, topic], ["--delete-offsets"]);
}

export function deleteGroupCommand(bootstrap: string, group: string): string {
  return groupTool(bootstrap, group, ["--delete"]);
}

export function deleteGroupOffsetsCommand(bootstrap: string, group: string, topic: string): string {
  return groupTool(bootstrap, group, ["--topic", topic], ["--delete-offsets"]);
}

export interface ResetToCommand {
  readonly group: string;
  readonly scope: ResetScope;
  readonly target: ResetTarget;
  readonly edits: readonly ResetEdit[];
  /** The plan's. */
  readonly moves: readonly CommandMove[];
}

type CommandMove = Pick<PlannedMove, "topic" | "partition" | "to" | "direction" | "flags">;

export interface GroupCommand {
  readonly command: string;
  /** What the command reads: to be saved under this name where it is run. Null: nothing. */
  readonly file: { readonly name: string; readonly content: string } | null;
}

const FILE_NAME = "offsets.csv";
/** What the tool's `yyyy` takes. */
const MAX_DATETIME_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * `kafka-consumer-groups.sh --reset-offsets --execute`, in the mode that was chosen where the tool would do the same, else with the
 * plan's moves in a file: for edits, another group's offsets, a shift of partitions without a commit (where the tool gives up).
 */
export function resetOffsetsCommand(bootstrap: string, reset: ResetToCommand): GroupCommand {
  const mode = modeOf(reset);
  if (mode === null) return movesCommand(bootstrap, reset.group, reset.moves);
  const lines = [...scopeOptions(reset.scope), ["--reset-offsets", ...mode], ["--execute"]];
  return { command: groupTool(bootstrap, reset.group, ...lines), file: null };
}

/**
 * Exactly these moves, by a file; commits that are to be taken away, by `--delete-offsets`. The tool can't give back what a consumer
 * stored beside its offset.
 */
export function movesCommand(bootstrap: string, group: string, moves: readonly CommandMove[]): GroupCommand {
  const moving = moves.filter(({ direction }) => direction !== "none");
  const set = moving.flatMap(({ topic, partition, to }) =>
    to === null ? [] : [{ topic, partition, offset: BigInt(to) }],
  );
  const forgotten = moving.filter(({ to }) => to === null);
  const setting = groupTool(bootstrap, group, ["--reset-offsets", "--from-file", FILE_NAME], ["--execute"]);
  const forgetting = groupTool(bootstrap, group, ...topicOptions(forgotten), ["--delete-offsets"]);
  const commands = [
    ...(set.length > 0 || forgotten.length === 0 ? [setting] : []),
    ...(forgotten.length > 0 ? [forgetting] : []),
  ];
  return {
    command: commands.join(" &&\n"),
    file: set.length > 0 ? { name: FILE_NAME, content: formatOffsetsCsv(set) } : null,
  };
}

/** Null where the tool has no mode that does the same. */
function modeOf({ target, edits, moves }: ResetToCommand): string[] | null {
  if (edits.length > 0) return null;
  switch (target.to) {
    case "earliest":
      return ["--to-earliest"];
    case "latest":
      return ["--to-latest"];
    case "timestamp":
      if (target.timestampMs > MAX_DATETIME_MS) return null;
      return ["--to-datetime", new Date(target.timestampMs).toISOString()];
    case "ago":
      return ["--by-duration", isoDuration(target.durationMs)];
    case "offset":
      return ["--to-offset", target.offset];
    case "shift":
      return moves.some(({ flags }) => flags.includes("no-commit")) ? null : ["--shift-by", target.by];
    case "group":
    case "csv":
      return null;
  }
}

/** As Java's `Duration.parse` takes it: "PT15M" is "PT900S". */
function isoDuration(ms: number): string {
  const rest = ms % 1_000;
  return `PT${Math.floor(ms / 1_000)}${rest === 0 ? "" : `.${String(rest).padStart(3, "0")}`}S`;
}

function scopeOptions(scope: ResetScope): string[][] {
  switch (scope.of) {
    case "group":
      return [["--all-topics"]];
    case "topics":
      return scope.topics.map((topic) => ["--topic", topic]);
    case "partitions":
      return topicOptions(scope.partitions);
  }
}

/** `--topic orders:0,1`, a line for each topic. */
function topicOptions(partitions: readonly { readonly topic: string; readonly partition: number }[]): string[][] {
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic);
  return [...byTopic].map(([topic, some]) => [
    "--topic",
    `${topic}:${some.map(({ partition }) => partition).join(",")}`,
  ]);
}

function groupTool(bootstrap: string, group: string, ...options: string[][]): string {
  return shellCommand([
    ["kafka-consumer-groups.sh"],
    ["--bootstrap-server", bootstrap],
    ["--group", group],
    ...options,
  ]);
}

function otherGroupTool(type: "share" | "streams", bootstrap: string, group: string, ...options: string[][]): string {
  return shellCommand([[`kafka-${type}-groups.sh`], ["--bootstrap-server", bootstrap], ["--group", group], ...options]);
}
