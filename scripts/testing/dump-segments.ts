import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { runTool } from "../local-kafka/tools.ts";
import type { DumpedBatch } from "./dump-log.ts";
import { testCluster } from "./test-cluster.ts";

/** A segment's files as `DumpLogSegments --deep-iteration` prints them. */
export interface DumpedSegment {
  /** By log file. */
  readonly batches: readonly DumpedBatch[];
  /** Lines of records, control records too. */
  readonly records: number;
  /** Of transactions' ends: "5 COMMIT". */
  readonly markers: readonly string[];
  /** "offset:position" */
  readonly offsetEntries: readonly string[];
  /** "timestamp:offset" */
  readonly timeEntries: readonly string[];
}

/** The log dir of the first broker that has this partition. */
export function logDirOf(topic: string, partition: number): string {
  const logDir = testCluster()
    .brokers.map((broker) => broker.logDir)
    .find((dir) => existsSync(join(dir, `${topic}-${partition}`)));
  if (logDir === undefined) throw new Error(`no broker has ${topic}-${partition}`);
  return logDir;
}

/**
 * All segments of a partition's directory by Kafka's own tool, by base offset.
 * @returns also which files it found something wrong in. Of an active segment's indexes it takes the preallocated zeros for
 * entries; gaps and empty indexes it mentions, too, are none of it.
 */
export async function dumpSegments(dir: string): Promise<{ segments: Map<string, DumpedSegment>; wrong: string[] }> {
  const files = readdirSync(dir).filter((name) => /^\d{20}\.(log|index|timeindex)$/.test(name));
  const paths = files.map((name) => join(dir, name)).join(",");
  const { stdout } = await runTool("org.apache.kafka.tools.DumpLogSegments", ["--files", paths, "--deep-iteration"]);
  const segments = new Map<string, DumpedSegment>();
  const wrong: string[] = [];
  const none = () => ({
    batches: [] as DumpedBatch[],
    records: 0,
    markers: [] as string[],
    offsetEntries: [] as string[],
    timeEntries: [] as string[],
  });
  let into = none();
  for (const line of stdout.split("\n")) {
    const [, file] = /^Dumping (.*)$/.exec(line) ?? [];
    if (file !== undefined) {
      const base = String(BigInt(basename(file).slice(0, 20)));
      into = { ...none(), ...segments.get(base) } as typeof into;
      segments.set(base, into);
    } else if (line.startsWith("baseOffset:")) {
      into.batches.push(
        Object.fromEntries([...line.matchAll(/(\w+): (\S+)/g)].map(([, name = "", value = ""]) => [name, value])),
      );
    } else if (line.startsWith("| offset:")) {
      into.records++;
      const [, offset, end] = /^\| offset: (\d+) .*endTxnMarker: (\w+)/.exec(line) ?? [];
      if (offset !== undefined) into.markers.push(`${offset} ${end}`);
    } else if (line.startsWith("offset:")) {
      into.offsetEntries.push(line.replace(/^offset: (\d+) position: (\d+)$/, "$1:$2"));
    } else if (line.startsWith("timestamp:")) {
      into.timeEntries.push(line.replace(/^timestamp: (-?\d+) offset: (\d+)$/, "$1:$2"));
    } else {
      const [, named] =
        /^(?:Mismatches|Found timestamp mismatch|Found out of order timestamp|The following .* found) in :?(.*)$/.exec(
          line,
        ) ?? [];
      if (named !== undefined) wrong.push(basename(named));
    }
  }
  return { segments, wrong };
}

/** What `--index-sanity-check` says of indexes, line by line. An active one's preallocated zeros it takes for corrupt. */
export async function checkIndexesByTool(dir: string, files: readonly string[]): Promise<string[]> {
  const paths = files.map((name) => join(dir, name)).join(",");
  const tool = "org.apache.kafka.tools.DumpLogSegments";
  const { stdout } = await runTool(tool, ["--files", paths, "--index-sanity-check"]);
  return stdout.split("\n").filter((line) => line !== "" && !line.startsWith("Dumping "));
}
