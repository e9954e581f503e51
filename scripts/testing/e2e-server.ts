// What playwright.config.ts starts: a production server beside the test cluster, with the control of its brokers, on E2E_PORT.
import { join } from "node:path";
import { endRequested } from "../console/end.ts";
import { Steps } from "../console/steps.ts";
import { build, isBuildStale } from "../launcher/build.ts";
import { OwnedProcesses } from "../launcher/owned-processes.ts";
import { startServer } from "../launcher/server-process.ts";
import { dataDir } from "../paths.ts";
import { bootTestCluster } from "./boot-test-cluster.ts";
import { defaultTestClusterFile, liveTestCluster, TEST_CLUSTER_FILE_VARIABLE } from "./test-cluster.ts";

const SERVER_GRACE_MS = 3_000;

const ending = endRequested();
const steps = new Steps();
const file = process.env[TEST_CLUSTER_FILE_VARIABLE] ?? defaultTestClusterFile();
const port = Number(process.env.E2E_PORT);
if (!Number.isInteger(port) || port <= 0) throw new Error("E2E_PORT names no port; playwright.config.ts sets it.");

if (await isBuildStale()) {
  await steps.run("Building the pages", (report) =>
    build({ logFile: join(dataDir(), "test", "build.log"), signal: ending, onProgress: report }),
  );
}
const running = liveTestCluster(file);
const held = running === null ? await steps.run("Three brokers", () => bootTestCluster(file, ending)) : null;
const cluster = running ?? held?.cluster;
if (!cluster) throw new Error("there is a cluster, found or booted");

const owned = new OwnedProcesses();
const server = await startServer({
  host: "127.0.0.1",
  port,
  env: {
    ...process.env,
    KAFKA_BROKERS: cluster.bootstrap.join(","),
    TAILRACE_LOCAL_CONTROL: cluster.control.url,
    TAILRACE_LOCAL_CONTROL_TOKEN: cluster.control.token,
  },
  logFile: join(dataDir(), "test", "e2e-server.log"),
});
owned.add(server);
const alive = setInterval(() => {}, 60_000);
await Promise.race([
  server.exited,
  new Promise<void>((resolve) => {
    if (ending.aborted) resolve();
    ending.addEventListener("abort", () => resolve(), { once: true });
  }),
]);
clearInterval(alive);
await server.stop(SERVER_GRACE_MS);
await held?.close();
owned.close();
process.exit(ending.aborted ? 0 : 1);
