// Loaded into the server by `--import`, for the bench only: answers on loopback what the server used since it was asked last.
import { subscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";
import { IN_USE_PATH, REPORT_PORT_VARIABLE, type ServerUse } from "./server-use.ts";

const RESOLUTION_MS = 5;
const FETCH_API = 1;

if (isMainThread && process.env[REPORT_PORT_VARIABLE] !== undefined) report(Number(process.env[REPORT_PORT_VARIABLE]));

function report(port: number): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const kafka = countKafka();
  let cpu = process.cpuUsage();
  createServer((request, response) => {
    if (request.url === IN_USE_PATH) {
      response.end(JSON.stringify(inUseMb()));
      return;
    }
    const used = process.cpuUsage(cpu);
    const use: ServerUse = {
      cpuSeconds: (used.user + used.system) / 1e6,
      // The histogram holds the time from tick to tick.
      loopDelayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
      loopDelayMaxMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
      memoryMb: process.memoryUsage.rss() / 1e6,
      ...kafka.take(),
    };
    delay.reset();
    cpu = process.cpuUsage();
    response.end(JSON.stringify(use));
  })
    .listen(port, "127.0.0.1")
    .unref();
}

/** What is left when the garbage is collected. */
function inUseMb(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

/** Bytes over all connections that this process opened, which are to Kafka, and its Fetch requests. */
function countKafka(): { take(): Pick<ServerUse, "kafkaBytes" | "fetches"> } {
  const open = new Set<Socket>();
  let [closedBytes, takenBytes, fetches] = [0, 0, 0];
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { socket: Socket };
    open.add(socket);
    socket.once("close", () => {
      open.delete(socket);
      closedBytes += socket.bytesRead;
    });
  });
  // The client's own tracing, of each request that it sends.
  subscribe("tracing:plt:kafka:connections:api:start", (message) => {
    if ((message as { apiKey?: unknown }).apiKey === FETCH_API) fetches++;
  });
  return {
    take() {
      let bytes = closedBytes;
      for (const socket of open) bytes += socket.bytesRead;
      const taken = { kafkaBytes: bytes - takenBytes, fetches };
      takenBytes = bytes;
      fetches = 0;
      return taken;
    },
  };
}
