import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { startLocalKafka } from "../local-kafka/local-kafka.ts";
import { kafkaRuntime } from "../local-kafka/tools.ts";
import { writePidFile } from "../processes/pid-file.ts";
import { startWatchdog } from "../processes/watchdog.ts";
import { awaitGroupCoordinators } from "./group-coordinators.ts";
import { removeStaleTestRuns, testRunDir } from "./run-dir.ts";
import type { TestCluster } from "./test-cluster.ts";

interface HeldTestCluster {
  readonly cluster: TestCluster;
  close(): Promise<void>;
}

/** Boots a secure cluster on free ports in a folder of its own, never `npm start`'s, and writes down in `file` how to reach it. */
export async function bootTestCluster(file: string, signal?: AbortSignal): Promise<HeldTestCluster> {
  const runtime = await kafkaRuntime();
  await removeStaleTestRuns();
  const watchdog = startWatchdog();
  const kafka = await startLocalKafka({
    runtime,
    dir: join(testRunDir(), "kafka"),
    secure: true,
    temporary: true,
    onPids: (pids) => watchdog.watch(pids),
    ...(signal && { signal }),
  });
  try {
    await awaitGroupCoordinators(kafka.bootstrap);
    await kafka.waitHealthy();
  } catch (error) {
    await kafka.close();
    throw error;
  }
  if (!kafka.secure) throw new Error("a secure cluster has secure listeners");
  const { admin = "", viewer = "" } = kafka.secure.users;
  const cluster: TestCluster = {
    pid: process.pid,
    bootstrap: [...kafka.bootstrap],
    secureBootstrap: [...kafka.secure.bootstrap],
    misadvertised: [...kafka.secure.misadvertised],
    caFile: kafka.secure.caFile,
    users: { admin, viewer },
    control: kafka.control,
    brokers: kafka.brokers.map(({ id, port, rack, logDir }) => ({ id, port, rack, logDir })),
  };
  mkdirSync(dirname(file), { recursive: true });
  writePidFile(file, process.pid, { ...cluster });
  return {
    cluster,
    async close() {
      rmSync(file, { force: true });
      await kafka.close();
      watchdog.close();
      rmSync(testRunDir(), { recursive: true, force: true });
    },
  };
}
