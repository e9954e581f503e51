import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { freePorts } from "#scripts/local-kafka/ports.ts";
import { dataDir } from "#scripts/paths.ts";
import { findChromium } from "#scripts/testing/chromium.ts";
import { TEST_CLUSTER_FILE_VARIABLE } from "#scripts/testing/test-cluster.ts";

const SERVER_START_MS = 180_000;
const SERVER_STOP_MS = 8_000;

// Each worker reads this file again: what is decided once goes into the environment that they inherit.
process.env.E2E_PORT ??= String((await freePorts(1))[0]);
// A build of its own: the one that a running `npm start` serves is left alone.
process.env.NEXT_DIST_DIR ??= ".next-test";
const url = `http://127.0.0.1:${process.env.E2E_PORT}`;
const chromium = findChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: join(dataDir(), "test", "e2e-results.json") }]],
  use: {
    baseURL: url,
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "browser", testIgnore: "**/*.disruptive.spec.ts" },
    // They stop brokers: one at a time, after all others.
    {
      name: "disruptive",
      testMatch: "**/*.disruptive.spec.ts",
      dependencies: ["browser"],
      workers: 1,
      timeout: 120_000,
    },
  ],
  webServer: {
    command: `"${process.execPath}" scripts/testing/e2e-server.ts`,
    url: `${url}/api/health`,
    timeout: SERVER_START_MS,
    gracefulShutdown: { signal: "SIGTERM", timeout: SERVER_STOP_MS },
    stdout: "pipe",
    env: {
      ...(process.env[TEST_CLUSTER_FILE_VARIABLE] && {
        [TEST_CLUSTER_FILE_VARIABLE]: process.env[TEST_CLUSTER_FILE_VARIABLE],
      }),
    },
  },
});
