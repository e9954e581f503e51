import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { testCluster } from "./test-cluster.ts";

const pidFile = z.object({ pid: z.number() });

/** Of the process that the test cluster's holder wrote down for this broker. */
export function pidOfBroker(id: number): number {
  const broker = testCluster().brokers.find((one) => one.id === id);
  if (broker === undefined) throw new Error(`no broker ${id}`);
  return pidFile.parse(JSON.parse(readFileSync(join(dirname(broker.logDir), "broker.pid"), "utf8"))).pid;
}
