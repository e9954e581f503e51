import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { Runtime } from "./runtime.ts";
import { loadSettings } from "./settings.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A server's process that observes, says when it has sampled, closes everything and should then end by itself. */
const program = `
  import { Runtime } from "${resolve("server/runtime.ts")}";
  import { loadSettings } from "${resolve("server/settings.ts")}";
  const runtime = new Runtime(loadSettings(process.env));
  runtime.observe();
  const [{ name }] = runtime.settings.clusters;
  const alive = setInterval(async () => {
    const { state } = await runtime.cluster(name);
    if (state.groupObserver.newest === null) return;
    clearInterval(alive);
    console.log("sampled " + state.groupObserver.newest.value.groups.size);
    await runtime.close();
    console.log("closed");
  }, 100);
`;

test("a server samples groups without being asked, and nothing of it keeps a closed server alive", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, KAFKA_BROKERS: testCluster().bootstrap.join(","), TAILRACE_LOG_LEVEL: "silent" },
  });
  try {
    let said = "";
    child.stdout.on("data", (text: Buffer) => {
      said += text.toString();
    });
    const [code] = await once(child, "exit");
    expect(said).toMatch(/^sampled \d+\nclosed\n$/);
    expect(code).toBe(0);
  } finally {
    child.kill("SIGKILL");
  }
}, 60_000);

test("a server that is closed before it observes never begins to", async () => {
  vi.useFakeTimers();
  const runtime = new Runtime(loadSettings({ KAFKA_BROKERS: "127.0.0.1:1" }));
  const made = vi.spyOn(runtime, "cluster");
  runtime.observe();
  await runtime.close();
  runtime.observe();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(made).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("a timer that waits to observe keeps no process alive", async () => {
  const runtime = new Runtime(loadSettings({ KAFKA_BROKERS: "127.0.0.1:1" }));
  const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  runtime.observe();
  expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length).toBe(before);
  await runtime.close();
});
