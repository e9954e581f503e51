// Loaded into the server by `--import`, for the bench only: answers on loopback what the server used since it was asked last.
import { subscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";
import { FETCH_API, REPORT_PORT_VARIABLE, type ServerUse } from "./server-use.ts";

const RESOLUTION_MS = 5;
/** In a request: behind its length. */
const API_KEY_AT = 4;

if (isMainThread && process.env[REPORT_PORT_VARIABLE] !== undefined) report(Number(process.env[REPORT_PORT_VARIABLE]));

function report(port: number): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const kafka = countKafka();
  let cpu = process.cpuUsage();
  createServer((_request, response) => {
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

/** Bytes and Fetch requests over all connections that this process opened: they are to Kafka. */
function countKafka(): { take(): Pick<ServerUse, "kafkaBytes" | "fetches"> } {
  const open = new Set<Socket>();
  let [closedBytes, takenBytes, fetches] = [0, 0, 0];
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { socket: Socket };
    open.add(socket);
    const write = socket.write;
    socket.write = function count(this: Socket, ...args: Parameters<Socket["write"]>): boolean {
      const [bytes] = args as unknown[];
      if (bytes instanceof Uint8Array && bytes.length > API_KEY_AT + 1) {
        const view = new DataView(bytes.buffer, bytes.byteOffset);
        if (view.getInt16(API_KEY_AT) === FETCH_API) fetches++;
      }
      return write.apply(this, args);
    } as Socket["write"];
    socket.once("close", () => {
      open.delete(socket);
      closedBytes += socket.bytesRead;
    });
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
