import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { KafkaRuntime } from "../../local-kafka/tools.ts";
import { processCpuSeconds } from "./process-cpu.ts";

/** A bare reader of a topic from its end, in no group, that prints each message's timestamp. */
export interface ReferenceReader {
  /** "kcat 1.7.1" */
  readonly name: string;
  start(bootstrap: readonly string[], topic: string, signal: AbortSignal): Promise<RunningReader>;
}

interface RunningReader {
  /** What was printed, and when it came here. */
  readonly chunks: readonly { readonly atMs: number; readonly bytes: Buffer }[];
  readonly alive: boolean;
  cpuSeconds(): number;
  stop(): Promise<void>;
}

const JAVA_SOURCE = fileURLToPath(new URL("./TailReference.java", import.meta.url));
/** A JVM compiles the source first. */
const JAVA_READY_MS = 6_000;
const KCAT_READY_MS = 2_000;

/** kcat when it is installed, else a Java consumer of Kafka's own that is assigned all partitions. */
export function referenceReader({ java, classPath }: KafkaRuntime): ReferenceReader {
  const kcat = kcatVersion();
  if (kcat !== null) {
    return reader(`kcat ${kcat}`, KCAT_READY_MS, (bootstrap, topic) => [
      "kcat",
      ["-C", "-q", "-u", "-b", bootstrap, "-t", topic, "-o", "end", "-f", "%T\\n"],
    ]);
  }
  return reader("Kafka's Java consumer", JAVA_READY_MS, (bootstrap, topic) => [
    java.command,
    ["-cp", classPath, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", JAVA_SOURCE, bootstrap, topic],
  ]);
}

function reader(
  name: string,
  readyMs: number,
  command: (bootstrap: string, topic: string) => [string, readonly string[]],
): ReferenceReader {
  return {
    name,
    async start(bootstrap, topic, signal) {
      const [program, args] = command(bootstrap.join(","), topic);
      const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
      const running = watch(child, name);
      await delay(readyMs, null, { signal }).catch(async (error: unknown) => {
        await running.stop();
        throw error;
      });
      return running;
    },
  };
}

function watch(child: ChildProcessByStdio<null, Readable, null>, name: string): RunningReader {
  const chunks: { atMs: number; bytes: Buffer }[] = [];
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  child.stdout.on("data", (bytes: Buffer) => chunks.push({ atMs: performance.timeOrigin + performance.now(), bytes }));
  return {
    chunks,
    get alive() {
      return child.pid !== undefined && child.exitCode === null;
    },
    cpuSeconds() {
      if (child.pid === undefined || child.exitCode !== null) throw new Error(`${name} ended by itself.`);
      return processCpuSeconds(child.pid);
    },
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Milliseconds from stamp to arrival, sorted, of the messages stamped from `sinceMs` on. */
export function printedLatencies(chunks: RunningReader["chunks"], sinceMs: number): number[] {
  const latencies: number[] = [];
  let rest = "";
  for (const { atMs, bytes } of chunks) {
    const lines = (rest + bytes.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const stampMs = Number(line);
      if (stampMs >= sinceMs) latencies.push(atMs - stampMs);
    }
  }
  return latencies.sort((a, b) => a - b);
}

function kcatVersion(): string | null {
  try {
    const said = execFileSync("kcat", ["-V"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return /Version (\S+)/.exec(said)?.[1] ?? "";
  } catch {
    return null;
  }
}
