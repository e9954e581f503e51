import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "../local-kafka/tools.ts";
import { testCluster } from "./test-cluster.ts";

/** A batch as `DumpLogSegments` prints it, its names and values as they are printed. */
export type DumpedBatch = Readonly<Record<string, string>>;

/** What lies on a broker's disk of one partition, batch by batch, by Kafka's own tool. */
export async function dumpLog(topic: string, partition: number, brokerId: number): Promise<DumpedBatch[]> {
  const logDir = testCluster().brokers.find(({ id }) => id === brokerId)?.logDir ?? "";
  const dir = join(logDir, `${topic}-${partition}`);
  const files = readdirSync(dir)
    .filter((name) => name.endsWith(".log"))
    .sort()
    .map((name) => join(dir, name));
  const { stdout } = await runTool("org.apache.kafka.tools.DumpLogSegments", ["--files", files.join(",")]);
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("baseOffset:"))
    .map((line) =>
      Object.fromEntries([...line.matchAll(/(\w+): (\S+)/g)].map(([, name = "", value = ""]) => [name, value])),
    );
}
