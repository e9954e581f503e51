import { existsSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { freePorts } from "./local-kafka/ports.ts";
import { runTool } from "./local-kafka/tools.ts";
import { type SampleTopic, sampleTopics } from "./sample-workload/topics.ts";
import { LauncherDir, LauncherRun, untilDown } from "./testing/launcher-run.ts";
import { testCluster } from "./testing/test-cluster.ts";

/** Has `node`, that the build needs, and nothing else. */
const PATH_WITHOUT_JAVA = dirname(process.execPath);
/** The promise. */
const DOWN_WITHIN_MS = 5_000;
const DELETED: SampleTopic = "support-messages";

let dir: LauncherDir;
let port = "";
const runs: LauncherRun[] = [];

beforeEach(async () => {
  dir = new LauncherDir();
  port = String((await freePorts(1))[0]);
});

afterEach(async () => {
  const left = dir.livePids();
  for (const run of runs.splice(0)) run.process.kill("SIGTERM");
  await untilDown(left);
  dir.remove();
});

function launch(
  command: ConstructorParameters<typeof LauncherRun>[0],
  env: Readonly<Record<string, string>> = {},
): LauncherRun {
  const run = new LauncherRun(command, dir, { PORT: port, ...env });
  runs.push(run);
  return run;
}

test("Ctrl-C during the first download ends it at once", async () => {
  const asked = Promise.withResolvers<void>();
  const slowMirror = createHttpServer((_, response) => {
    response.write("the first bytes");
    asked.resolve();
  });
  await new Promise<void>((resolve) => slowMirror.listen(0, "127.0.0.1", resolve));
  dir.forgetJars();
  const mirrorPort = (slowMirror.address() as AddressInfo).port;
  const run = launch("node scripts/start.ts", { TAILRACE_MAVEN_REPOSITORY: `http://127.0.0.1:${mirrorPort}/` });
  await asked.promise;
  const pid = dir.launcherPid();
  run.process.kill("SIGINT");
  expect(await untilDown([pid])).toBeLessThan(DOWN_WITHIN_MS);
  expect(await run.ended()).toBe(0);
  expect(existsSync(join(dir.path, "kafka"))).toBe(false);
  slowMirror.closeAllConnections();
  await new Promise((resolve) => slowMirror.close(resolve));
});

describe("refuses before anything is started", () => {
  test.each([
    ["in production without a cluster", { NODE_ENV: "production" }, /KAFKA_BROKERS: it is not set/],
    ["beyond loopback without a login", { HOST: "0.0.0.0" }, /HOST: it opens the server to other machines/],
    ["a port that is none", { PORT: "http" }, /PORT: it is no port/],
    ["a setting that does not exist", { TAILRACE_WORKLAOD: "off" }, /TAILRACE_WORKLAOD: there is no such setting/],
    [
      "a switch that is neither on nor off",
      { TAILRACE_WORKLOAD: "maybe" },
      /TAILRACE_WORKLOAD: it is neither on nor off/,
    ],
    ["a machine without Java", { PATH: PATH_WITHOUT_JAVA }, /needs Java 17 .* or set KAFKA_BROKERS/s],
  ])("%s", async (_, env, message) => {
    const run = launch("node scripts/start.ts", env);
    expect(await run.ended()).toBe(1);
    expect(run.output).toMatch(message);
    expect(existsSync(join(dir.path, "kafka"))).toBe(false);
  });

  test("wrong settings without telling a secret", async () => {
    const run = launch("node scripts/start.ts", {
      KAFKA_BROKERS: "localhost",
      KAFKA_SASL_MECHANISM: "PLAIN",
      KAFKA_SASL_PASSWORD: "hunter2-secret",
    });
    expect(await run.ended()).toBe(1);
    expect(run.output).toMatch(/KAFKA_BROKERS: .*host:port/);
    expect(run.output).toMatch(/KAFKA_SASL_USERNAME: it is not set/);
    expect(run.output).not.toContain("hunter2-secret");
  });

  test("a port that nobody can have", async () => {
    const run = launch("node scripts/start.ts", { PORT: "0" });
    expect(await run.ended()).toBe(1);
    expect(run.output).toMatch(/PORT: it is no port\.\s+Use a number between 1 and 65535/);
  });

  test("a port that another program has", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(Number(port), "127.0.0.1", resolve));
    const run = launch("node scripts/start.ts");
    expect(await run.ended()).toBe(1);
    expect(run.output).toMatch(new RegExp(`Port ${port} of 127\\.0\\.0\\.1 is taken .* PORT=`));
    expect(existsSync(join(dir.path, "kafka"))).toBe(false);
    await new Promise((resolve) => other.close(resolve));
  });
});

test("with KAFKA_BROKERS it serves that cluster, needs no Java and starts no Kafka", async () => {
  const run = launch("node scripts/start.ts", {
    KAFKA_BROKERS: testCluster().bootstrap.join(","),
    PATH: PATH_WITHOUT_JAVA,
  });
  await run.up();
  const answer = await fetch(`http://127.0.0.1:${port}/api/clusters`);
  expect(await answer.json()).toMatchObject({
    clusters: [{ name: "kafka", local: false, answers: true, brokersUp: 3 }],
  });
  expect(existsSync(join(dir.path, "kafka"))).toBe(false);
  const pids = dir.livePids();
  run.process.kill("SIGINT");
  expect(await untilDown(pids)).toBeLessThan(DOWN_WITHIN_MS);
  expect(await run.ended()).toBe(0);
});

test("a living local Kafka: ended by SIGTERM to npm's own pid, kept for the next start, and a killed launcher breaks nothing", async () => {
  const first = launch("npm start");
  await first.up();
  const all = dir.livePids();
  expect(all).toHaveLength(5);

  const second = launch("node scripts/start.ts");
  expect(await second.ended()).toBe(1);
  expect(second.output).toMatch(
    new RegExp(`runs here already: process ${dir.launcherPid()}, http://127\\.0\\.0\\.1:${port}`),
  );

  const early = await endOffsets();
  await vi.waitFor(
    async () => {
      const later = await endOffsets();
      for (const topic of sampleTopics) expect(later.get(topic), topic).toBeGreaterThan(early.get(topic) ?? 0n);
    },
    { timeout: 40_000, interval: 500 },
  );
  // One that is deleted doesn't hold up the others.
  const bootstrap = dir.bootstrap().join(",");
  const deletion = ["--bootstrap-server", bootstrap, "--delete", "--topic", DELETED];
  await runTool("org.apache.kafka.tools.TopicCommand", deletion);
  const others = sampleTopics.filter((topic) => topic !== DELETED);
  await vi.waitFor(async () => expect((await endOffsets()).has(DELETED)).toBe(false), { timeout: 10_000 });
  const without = await endOffsets();
  await vi.waitFor(
    async () => {
      const later = await endOffsets();
      for (const topic of others) expect(later.get(topic), topic).toBeGreaterThan(without.get(topic) ?? 0n);
    },
    { timeout: 40_000, interval: 500 },
  );
  const before = await endOffsets();

  const tail = await fetch(`http://127.0.0.1:${port}/api/clusters/local/messages/tail?pattern=.`);
  expect(tail.headers.get("content-type")).toContain("text/event-stream");
  first.process.kill("SIGTERM");
  expect(await untilDown(all)).toBeLessThan(DOWN_WITHIN_MS);
  expect(await tail.text()).toMatch(/event: end\ndata: \{"reason":"shutting-down"/);

  const again = launch("npm start", { TAILRACE_WORKLOAD: "off" });
  await again.up();
  const kept = await endOffsets();
  for (const topic of others) expect(kept.get(topic), topic).toBeGreaterThanOrEqual(before.get(topic) ?? 0n);

  const left = dir.livePids();
  process.kill(dir.launcherPid(), "SIGKILL");
  const afterKill = launch("npm start", { TAILRACE_WORKLOAD: "off" });
  await afterKill.up();
  expect(dir.livePids()).toHaveLength(5);
  expect(dir.livePids().filter((pid) => left.includes(pid))).toEqual([]);
});

/** Records ever written, by topic: the sum of the partitions' end offsets, as Kafka's own class tells them. */
async function endOffsets(): Promise<Map<string, bigint>> {
  const bootstrap = dir.bootstrap().join(",");
  const { stdout } = await runTool("org.apache.kafka.tools.GetOffsetShell", ["--bootstrap-server", bootstrap]);
  const sums = new Map<string, bigint>();
  for (const line of stdout.trim().split("\n")) {
    const [topic = "", , offset = "0"] = line.split(":");
    sums.set(topic, (sums.get(topic) ?? 0n) + BigInt(offset));
  }
  return sums;
}
