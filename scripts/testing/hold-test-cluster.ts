// `npm run kafka:test`: boots the test cluster and holds it until Ctrl-C, so that single tests start at once.
import { onParentGone } from "../processes/parent-watch.ts";
import { bootTestCluster } from "./boot-test-cluster.ts";
import { defaultTestClusterFile, liveTestCluster } from "./test-cluster.ts";

const file = defaultTestClusterFile();
const running = liveTestCluster(file);
if (running) {
  console.error(`A test cluster runs already: process ${running.pid}, ${running.bootstrap.join(",")}. Tests use it.`);
  process.exit(1);
}

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ending.abort());
onParentGone(() => ending.abort());

console.log("Booting a secure Kafka of three brokers for tests…");
const held = await bootTestCluster(file, ending.signal);
const { bootstrap, secureBootstrap } = held.cluster;
console.log(`Ready: ${bootstrap.join(",")}; SASL_SSL on ${secureBootstrap.join(",")}. Ctrl-C stops it.`);
// A pending signal handler alone would not keep the process alive.
const alive = setInterval(() => {}, 60_000);
await new Promise<void>((resolve) => {
  if (ending.signal.aborted) resolve();
  ending.signal.addEventListener("abort", () => resolve(), { once: true });
});
clearInterval(alive);
await held.close();
