import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kafkaRuntime } from "#scripts/local-kafka/tools.ts";
import { openOffsetIndex, openTimeIndex } from "./open-index.ts";
import { LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";
import { keyOrder } from "./sparse-index.ts";

const SOURCE = fileURLToPath(new URL("../../scripts/testing/JavaIndexSearch.java", import.meta.url));
const JAVA_TIMEOUT_MS = 60_000;
/** Around the 8 KiB that a broker searches first: 1,024 entries of an offset index, 682 of a time index. */
const SIZES = [0, 1, 2, 3, 7, 45, 682, 683, 684, 685, 1_023, 1_024, 1_025, 1_026, 1_027, 2_048, 5_000];
/** Entry N is of that key: there is room between, before and beyond them. */
const FIRST = 10;
const APART = 10;

interface Case {
  readonly index: "offset" | "time";
  readonly entries: number;
  readonly key: number;
}

const keyOf = (entry: number) => FIRST + entry * APART;
/** Indexes are told apart by their base offset. */
const baseOf = (entries: number) => BigInt(entries) * 1_000_000n;

/** Both sides of every edge, the edges themselves, and some in between. */
function keysOf(entries: number, warm: number): number[] {
  const edges = [0, 1, 2, entries - warm - 2, entries - warm - 1, entries - warm, entries - 2, entries - 1];
  const between = Array.from({ length: 12 }, (_, part) => Math.floor((entries * part) / 12));
  const looked = [...edges, ...between].filter((entry) => entry >= 0 && entry < entries);
  return [...new Set([0, ...looked.flatMap((entry) => [keyOf(entry) - 1, keyOf(entry), keyOf(entry) + 1])])];
}

const cases: Case[] = SIZES.flatMap((entries) =>
  (["offset", "time"] as const).flatMap((index) =>
    keysOf(entries, index === "offset" ? 1_024 : 682).map((key) => ({ index, entries, key })),
  ),
);
const logDir = mkdtempSync(join(tmpdir(), "tailrace-index-search-"));
const TOPIC = "t";
let lines: readonly string[];

beforeAll(async () => {
  const { java, classPath } = await kafkaRuntime();
  const folder = join(logDir, `${TOPIC}-0`);
  const fileOf = ({ index, entries }: Case) =>
    join(folder, segmentFileName(baseOf(entries), index === "offset" ? "index" : "timeindex"));
  mkdirSync(folder);
  for (const entries of SIZES) {
    const offsets = Buffer.alloc(entries * 8);
    const times = Buffer.alloc(entries * 12);
    for (let entry = 0; entry < entries; entry++) {
      offsets.writeInt32BE(keyOf(entry), entry * 8);
      offsets.writeInt32BE(entry * 4_096, entry * 8 + 4);
      times.writeBigInt64BE(BigInt(keyOf(entry)), entry * 12);
      times.writeInt32BE(keyOf(entry), entry * 12 + 8);
    }
    writeFileSync(fileOf({ index: "offset", entries, key: 0 }), offsets);
    writeFileSync(fileOf({ index: "time", entries, key: 0 }), times);
  }
  const asked = join(logDir, "asked");
  const keyAsked = ({ index, entries, key }: Case) =>
    index === "offset" ? baseOf(entries) + BigInt(key) : BigInt(key);
  writeFileSync(
    asked,
    cases.map((one) => [one.index, fileOf(one), baseOf(one.entries), keyAsked(one)].join("|")).join("\n"),
  );
  const { stdout } = await promisify(execFile)(java.command, ["-cp", classPath, SOURCE, asked], {
    timeout: JAVA_TIMEOUT_MS,
  });
  lines = stdout.trimEnd().split("\n");
}, JAVA_TIMEOUT_MS + 10_000);

afterAll(() => rmSync(logDir, { recursive: true }));

test("the same entries are looked at as by Kafka's own index classes, in the same order, and the same is found", async () => {
  const directory = await (await LogDirectory.open(logDir)).partition(TOPIC, 0);
  expect(lines).toHaveLength(cases.length);
  for (const [number, one] of cases.entries()) {
    expect(await searched(directory, one), JSON.stringify(one)).toBe(lines[number]);
  }
});

/** As the Java program prints it. */
async function searched(directory: PartitionDirectory, { index, entries, key }: Case): Promise<string> {
  const base = baseOf(entries);
  if (index === "offset") {
    const opened = await openOffsetIndex(directory, base);
    const { probes, found } = await opened.lookUp(({ offset }) => keyOrder(offset, base + BigInt(key)));
    await opened.file.close();
    return printed(probes, found, found === null ? `${base},0` : `${found.entry.offset},${found.entry.position}`);
  }
  const opened = await openTimeIndex(directory, base);
  const { probes, found } = await opened.lookUp(({ timestampMs }) => keyOrder(timestampMs, BigInt(key)));
  await opened.file.close();
  return printed(probes, found, found === null ? `-1,${base}` : `${found.entry.timestampMs},${found.entry.offset}`);
}

function printed(probes: readonly { number: number }[], found: { number: number } | null, what: string): string {
  const read = [...probes, ...(found === null ? [] : [found])];
  return `${read.map(({ number }) => number).join(",")}|${what}`;
}
