import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { waitForHealth } from "../local-kafka/cluster-health.ts";
import { dataDir } from "../paths.ts";
import { readLivePidFile } from "../processes/pid-file.ts";

/** The environment variable that names another file than the default one. */
export const TEST_CLUSTER_FILE_VARIABLE = "TAILRACE_TEST_CLUSTER";

/** The test cluster as its holder wrote it down. */
const testClusterFile = z.object({
  /** The process that holds it. */
  pid: z.number(),
  /** `host:port` of the plaintext listeners, where everybody may do everything. */
  bootstrap: z.array(z.string()),
  /** `host:port` of the SASL_SSL listeners (SCRAM-SHA-512 and PLAIN). */
  secureBootstrap: z.array(z.string()),
  /** `host:port` of plaintext listeners, of which broker 2's is advertised under a name that nobody can resolve. */
  misadvertised: z.array(z.string()).default([]),
  /** PEM file that the secure listeners' certificate is signed by. */
  caFile: z.string(),
  /** Passwords by name: `admin` may do everything, `viewer` what a test grants it. */
  users: z.object({ admin: z.string(), viewer: z.string() }),
  control: z.object({ url: z.string(), token: z.string() }),
  brokers: z.array(z.object({ id: z.number(), port: z.number(), rack: z.string(), logDir: z.string() })),
});
export type TestCluster = z.output<typeof testClusterFile>;

const PROCESS_TIMEOUT_MS = 30_000;
const HEALTHY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

export function defaultTestClusterFile(): string {
  return join(dataDir(), "test-cluster.json");
}

/** The cluster that this run's tests use. @throws Error when there is none: vitest's global setup boots one. */
export function testCluster(): TestCluster {
  const path = process.env[TEST_CLUSTER_FILE_VARIABLE] ?? defaultTestClusterFile();
  const cluster = liveTestCluster(path);
  if (!cluster)
    throw new Error(`${path} names no running cluster. Run the tests with vitest, or \`npm run kafka:test\` first.`);
  return cluster;
}

/** The cluster that a file names, when the process that holds it is alive. */
export function liveTestCluster(path: string): TestCluster | null {
  if (!readLivePidFile(path)) return null;
  return testClusterFile.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** Stops one broker's process, as an operator would: its leaders move first. Only in `*.disruptive.test.ts` and last in e2e. */
export async function stopTestBroker(cluster: TestCluster, id: number): Promise<void> {
  await setProcess(cluster, id, "stopped");
}

/** Starts it again; `waitTestClusterHealthy` waits for its replicas to catch up. */
export async function startTestBroker(cluster: TestCluster, id: number): Promise<void> {
  await setProcess(cluster, id, "running");
}

/** All brokers are up and every partition's replicas in sync. */
export async function waitTestClusterHealthy(cluster: TestCluster): Promise<void> {
  await waitForHealth(
    cluster.brokers.map(({ port }) => port),
    "all brokers and replicas",
    ({ brokerIds, unhealthyPartitions }) => brokerIds.length === cluster.brokers.length && unhealthyPartitions === 0,
    { timeoutMs: HEALTHY_TIMEOUT_MS },
  );
}

async function setProcess({ control }: TestCluster, id: number, state: "running" | "stopped"): Promise<void> {
  const headers = { Authorization: `Bearer ${control.token}` };
  const put = await fetch(`${control.url}/brokers/${id}`, { method: "PUT", headers, body: JSON.stringify({ state }) });
  if (!put.ok) throw new Error(`The test cluster's control answered ${put.status}: ${await put.text()}`);
  let now = "";
  for (const until = Date.now() + PROCESS_TIMEOUT_MS; Date.now() < until; await delay(POLL_MS)) {
    const { brokers } = brokerList.parse(await (await fetch(`${control.url}/brokers`, { headers })).json());
    now = brokers.find((broker) => broker.id === id)?.process ?? "unknown";
    if (now === state) return;
  }
  throw new Error(`Broker ${id} is ${now} after ${PROCESS_TIMEOUT_MS / 1000} s, not ${state}.`);
}

const brokerList = z.object({ brokers: z.array(z.object({ id: z.number(), process: z.string() })) });
