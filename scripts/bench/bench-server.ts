import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build, isBuildStale } from "../launcher/build.ts";
import { serverAnswers, serverUrl, startServer } from "../launcher/server-process.ts";
import { freePorts } from "../local-kafka/ports.ts";
import { IN_USE_PATH, REPORT_PORT_VARIABLE, type ServerUse } from "./tail/server-use.ts";

const HOST = "127.0.0.1";
const GRACE_MS = 3_000;

/** Answers what the server uses; not part of what is shipped. */
const REPORT = new URL("./tail/server-report.ts", import.meta.url).href;

export interface BenchServer {
  readonly url: string;
  /** The cluster's name in paths. */
  readonly cluster: string;
  /** From the process's start to its first answer. */
  readonly firstAnswerMs: number;
  /** A GET, read to the end, not compressed. @throws Error when the answer isn't 200. */
  get(path: string, signal: AbortSignal): Promise<{ bytes: number }>;
  /** What it used since this was asked last. */
  use(signal: AbortSignal): Promise<ServerUse>;
  /** Resident memory of the server's process, in MB of 10^6 bytes. */
  memoryMb(): number;
  /** What of it is in use, once its garbage has been collected. */
  inUseMb(signal: AbortSignal): Promise<number>;
  stop(): Promise<void>;
}

/** The production server on a free port, built first when the build is stale. */
export async function startBenchServer({
  bootstrap,
  dir,
  signal,
}: {
  bootstrap: readonly string[];
  dir: string;
  signal: AbortSignal;
}): Promise<BenchServer> {
  if (await isBuildStale()) await build({ logFile: join(dir, "build.log"), signal });
  const [port = 0, reportPort = 0] = await freePorts(2);
  const url = serverUrl(HOST, port);
  const cluster = "bench";
  const startMs = performance.now();
  const server = await startServer({
    host: HOST,
    port,
    env: {
      ...process.env,
      KAFKA_BROKERS: bootstrap.join(","),
      TAILRACE_CLUSTER_NAME: cluster,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${REPORT}`.trim(),
      [REPORT_PORT_VARIABLE]: String(reportPort),
    },
    logFile: join(dir, "server.log"),
  });
  await serverAnswers(server, url, signal);
  const firstAnswerMs = performance.now() - startMs;
  return {
    url,
    cluster,
    use: async (until) => (await fetch(`http://${HOST}:${reportPort}`, { signal: until })).json(),
    inUseMb: async (until) => (await fetch(`http://${HOST}:${reportPort}${IN_USE_PATH}`, { signal: until })).json(),
    firstAnswerMs,
    async get(path, until) {
      const response = await fetch(`${url}${path}`, { headers: { "accept-encoding": "identity" }, signal: until });
      const body = await response.arrayBuffer();
      if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${Buffer.from(body).toString()}`);
      return { bytes: body.byteLength };
    },
    // ps counts in KiB, on Linux and macOS alike.
    memoryMb: () =>
      (Number(execFileSync("ps", ["-o", "rss=", "-p", String(server.pid)], { encoding: "utf8" })) * 1024) / 1e6,
    stop: () => server.stop(GRACE_MS),
  };
}
