import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const DISRUPTIVE = "**/*.disruptive.test.ts";
const EXCLUDED = ["node_modules/**", ".next*/**", ".tailrace/**", "e2e/**"];

/** Tests of a real Kafka and of a launcher wait for real processes. */
const TEST_TIMEOUT_MS = 30_000;

export default defineConfig({
  resolve: {
    // Throws outside Next: see server/http.
    alias: { "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)) },
  },
  test: {
    globalSetup: "scripts/testing/vitest-global-setup.ts",
    env: { TAILRACE_LOG_LEVEL: "silent" },
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: 60_000,
    // A machine may be busy with other tests.
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "tests", include: ["**/*.test.ts", "**/*.test.tsx"], exclude: [...EXCLUDED, DISRUPTIVE] },
      },
      {
        // They stop brokers of the cluster that all tests share, or start launchers: one at a time, after all others.
        extends: true,
        test: {
          name: "disruptive",
          include: [DISRUPTIVE],
          exclude: EXCLUDED,
          fileParallelism: false,
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
