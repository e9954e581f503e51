import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { afterEach, expect, test } from "vitest";

let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill("SIGKILL");
});

/**
 * A server of its own process that answers `/short` after 300 ms, never ends `/stream`, and ends `/tail` in its own words
 * when it is told to.
 */
const program = `
  import { createServer } from "node:http";
  import { Runtime } from "${resolve("server/runtime.ts")}";
  import { endOnSignal } from "${resolve("server/shutdown.ts")}";
  import { loadSettings } from "${resolve("server/settings.ts")}";
  const runtime = new Runtime(loadSettings({ KAFKA_BROKERS: "127.0.0.1:1" }));
  const viewer = new AbortController().signal;
  const server = createServer((request, response) => {
    response.writeHead(200).write("begun ");
    if (request.url === "/tail") {
      void runtime.openRequests.runStream(viewer, (signal) => new Promise((done) => {
        signal.addEventListener("abort", () => response.end(signal.reason.code + " after a last word", done));
      }));
      return;
    }
    runtime.openRequests
      .run(viewer, (signal) => new Promise((done, leave) => {
        if (request.url === "/short") setTimeout(() => done("done"), 300);
        signal.addEventListener("abort", () => leave(signal.reason));
      }))
      .then((text) => response.end(text), (error) => response.end(error.code));
  });
  // As Next does: stop listening, wait for open responses, exit as if killed.
  process.on("SIGTERM", () => server.close(() => process.exit(143)));
  endOnSignal(runtime);
  server.listen(0, "127.0.0.1", () => console.log("port " + server.address().port));
`;

async function startServer(): Promise<{ url: string; process: ChildProcess }> {
  const started = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TAILRACE_LOG_LEVEL: "silent" },
  });
  child = started;
  const port = await new Promise<string>((found) => {
    started.stdout?.on("data", (text: Buffer) => {
      const match = /port (\d+)/.exec(text.toString());
      if (match?.[1]) found(match[1]);
    });
  });
  return { url: `http://127.0.0.1:${port}`, process: started };
}

/** Resolves when the answer has begun; `text` is the whole of it. */
async function begin(url: string): Promise<{ text: Promise<string> }> {
  const response = await fetch(url);
  return { text: response.text() };
}

test("a signal lets short requests finish, ends streams, and the process is gone soon, with code 0", async () => {
  const server = await startServer();
  const short = await begin(`${server.url}/short`);
  const stream = await begin(`${server.url}/stream`);
  const tail = await begin(`${server.url}/tail`);
  const exited = once(server.process, "exit");
  const start = performance.now();
  server.process.kill("SIGTERM");
  expect(await tail.text).toBe("begun shutting-down after a last word");
  // Not only when the 1.5 s are over that requests are given.
  expect(performance.now() - start).toBeLessThan(1_400);
  expect(await short.text).toBe("begun done");
  expect(await stream.text).toBe("begun shutting-down");
  expect(await exited).toEqual([0, null]);
  // By closing what is open; what hangs longer is cut off after 4.3 s.
  expect(performance.now() - start).toBeLessThan(4_200);
});
