// `npm test`: every check and every test, on a cluster of its own, from a clone without anything. scripts/setup.mjs runs it on the pinned Node.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { endRequested } from "./console/end.ts";
import { megabytes, percent } from "./console/sizes.ts";
import { Steps } from "./console/steps.ts";
import { build, isBuildStale } from "./launcher/build.ts";
import { ensureKafkaTools } from "./local-kafka/tools.ts";
import { dataDir } from "./paths.ts";
import { bootTestCluster } from "./testing/boot-test-cluster.ts";
import { ensureChromium } from "./testing/install-chromium.ts";
import { runCommand } from "./testing/run-command.ts";
import { testRunDir } from "./testing/run-dir.ts";
import { TEST_CLUSTER_FILE_VARIABLE } from "./testing/test-cluster.ts";
import { type Failure, playwrightResults, type TestResults, vitestResults } from "./testing/test-results.ts";

/** Two quiet cores need about a third of it. */
const TOTAL_LIMIT_MS = 45 * 60_000;

const steps = new Steps();
const signal = AbortSignal.any([endRequested(), AbortSignal.timeout(TOTAL_LIMIT_MS)]);
const total = { passed: 0, failed: 0 };
const failures: Failure[] = [];
// Its own build, so that the one that a running `npm start` serves is left alone; and no settings of the person who runs it.
process.env.NEXT_DIST_DIR = ".next-test";
for (const key of Object.keys(process.env))
  if (/^(KAFKA_|HOST$|PORT$|TAILRACE_(?!DATA_DIR|MAVEN_))/.test(key)) delete process.env[key];

try {
  await prepare();
  await check("Format and lint", () => biome());
  await check("Types", () => types());
  await check("Dead code", () => tool("knip/bin/knip.js", ["--no-progress"]));
  await check("Build", () => buildPages());
  const file = join(testRunDir(), "cluster.json");
  const cluster = await steps.run(
    "Starting three brokers",
    () => bootTestCluster(file, signal),
    () => "Three brokers are up",
  );
  process.env[TEST_CLUSTER_FILE_VARIABLE] = file;
  try {
    add(await unitAndKafkaTests());
    add(await browserTests());
  } finally {
    await cluster.close();
  }
} catch (error) {
  total.failed++;
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
}
for (const { test, said } of failures) console.error(`\nFailed: ${test}\n${said.replace(/^/gm, "  ")}`);
if (signal.aborted) console.error(`\nStopped before the end: ${String(signal.reason)}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && !signal.aborted ? 0 : 1);

/** What the tests need besides the dependencies. */
async function prepare(): Promise<void> {
  await Promise.all([
    steps.run(
      "Chromium",
      () => ensureChromium(signal),
      (how) => how,
    ),
    steps.run(
      "Kafka and its command-line tools",
      (report) =>
        ensureKafkaTools(({ doneBytes, totalBytes }) =>
          report(`${percent(doneBytes, totalBytes)} of ${megabytes(totalBytes)}`),
        ),
      () => "Kafka and its command-line tools are here",
    ),
  ]);
}

/** A check that fails counts as one failure, and the rest goes on: one run tells everything. */
async function check(title: string, act: () => Promise<void>): Promise<void> {
  signal.throwIfAborted();
  try {
    await steps.run(title, act);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    add({ passed: 0, failed: 1, failures: [{ test: title, said }] });
    console.error(`${said}\n`);
  }
}

async function biome(): Promise<void> {
  await tool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings"]);
}

async function types(): Promise<void> {
  await tool("next/dist/bin/next", ["typegen"]);
  await tool("typescript/bin/tsc", ["--noEmit"]);
}

async function buildPages(): Promise<void> {
  if (await isBuildStale()) await build({ logFile: join(dataDir(), "test", "build.log"), signal });
}

async function unitAndKafkaTests(): Promise<TestResults> {
  const report = join(dataDir(), "test", "vitest-results.json");
  rmSync(report, { force: true });
  steps.print("\nUnit and Kafka tests\n");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await runCommand("vitest/vitest.mjs", args, { signal, output: "show" });
  return vitestResults(report, code);
}

async function browserTests(): Promise<TestResults> {
  signal.throwIfAborted();
  const report = join(dataDir(), "test", "e2e-results.json");
  rmSync(report, { force: true });
  steps.print("\nBrowser tests\n");
  const { code } = await runCommand("@playwright/test/cli.js", ["test"], { signal, output: "show" });
  return playwrightResults(report, code);
}

/** @throws Error with what the tool said, when it finds fault. */
async function tool(program: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runCommand(program, args, { signal, output: "keep" });
  if (code !== 0) throw new Error(output);
}

function add(results: TestResults): void {
  total.passed += results.passed;
  total.failed += results.failed;
  failures.push(...results.failures);
}
