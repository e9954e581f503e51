import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTool } from "../local-kafka/tools.ts";
import { testCluster } from "./test-cluster.ts";

const TOOL = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";

/** A line as `kafka-consumer-groups --describe` prints it, by the head of its column: "LOG-END-OFFSET", "#PARTITIONS". */
export type PrintedLine = Readonly<Record<string, string>>;

/** A partition as `--reset-offsets` and `--export` print it. */
export interface PrintedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** Runs kafka-consumer-groups on the test cluster. @returns what it printed, errors too: it exits with 0 on most. */
export async function consumerGroupsTool(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runTool(TOOL, ["--bootstrap-server", testCluster().bootstrap.join(","), ...args]);
  return `${stdout}${stderr}`;
}

/** What the tool prints of one group: every partition, every member with what it is assigned, or its state. */
export async function describeByCli(group: string, part: "offsets" | "members" | "state"): Promise<PrintedLine[]> {
  const printed = await consumerGroupsTool("--describe", "--group", group, `--${part}`, "--verbose");
  return parseDescription(printed, group);
}

/** Every line that is about the group; its id may hold spaces, the other columns none, but for "host:port (id)". */
export function parseDescription(printed: string, group: string): PrintedLine[] {
  const lines = printed.split("\n");
  const head = lines.find((line) => line.startsWith("GROUP "));
  if (head === undefined) return [];
  const columns = words(head).slice(1);
  return lines
    .filter((line) => line.startsWith(`${group} `))
    .map((line) => words(line.slice(group.length)))
    .map((values) => Object.fromEntries(columns.map((column, i) => [column, values[i] ?? ""])));
}

function words(line: string): string[] {
  return line
    .trim()
    .replaceAll(/ +\((\w+)\)/g, "($1)")
    .split(/\s+/);
}

/**
 * `--reset-offsets` with these arguments (`["--to-earliest", "--topic", "orders:0,1"]`).
 * @returns the offsets it prints, those that it would set or has set
 * @throws Error with what it said, when it printed none
 */
export async function resetByCli(
  group: string,
  args: readonly string[],
  mode: "dry-run" | "execute",
): Promise<PrintedOffset[]> {
  const printed = await consumerGroupsTool("--reset-offsets", "--group", group, ...args, `--${mode}`);
  const lines = parseDescription(printed, group);
  if (lines.length === 0) throw new Error(printed.trim());
  return lines
    .map((line) => ({
      topic: line.TOPIC ?? "",
      partition: Number(line.PARTITION),
      offset: line["NEW-OFFSET"] ?? "",
    }))
    .sort(byPartition);
}

/** What the tool exports of the group's current offsets, as CSV: topic, partition, offset on each line. */
export async function exportByCli(group: string): Promise<string> {
  const args = ["--reset-offsets", "--group", group, "--all-topics", "--to-current", "--dry-run", "--export"];
  const { stdout } = await runTool(TOOL, ["--bootstrap-server", testCluster().bootstrap.join(","), ...args]);
  return stdout.trim();
}

/** Resets from a CSV file with this content, as `resetByCli` does. */
export async function resetFromFileByCli(
  group: string,
  csv: string,
  mode: "dry-run" | "execute",
): Promise<PrintedOffset[]> {
  const dir = await mkdtemp(join(tmpdir(), "tailrace-csv-"));
  try {
    const file = join(dir, "offsets.csv");
    await writeFile(file, csv);
    return await resetByCli(group, ["--from-file", file], mode);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function byPartition(a: PrintedOffset, b: PrintedOffset): number {
  return a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1;
}
