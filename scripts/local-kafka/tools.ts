import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { dataDir } from "../paths.ts";
import { type Child, startChild } from "../processes/child.ts";
import { ensureJars } from "./jars.ts";
import { findJava, type Java } from "./java.ts";
import { ClassArchive, jvmArguments } from "./jvm.ts";

/** A folder of jars and the Java to run them with; what a cluster and Kafka's command-line classes share. */
export interface KafkaRuntime {
  readonly java: Java;
  /** What a broker needs. */
  readonly classPath: string;
  readonly archive: ClassArchive;
}

const TOOL_HEAP_MB = 128;
const TOOL_TIMEOUT_MS = 60_000;
const TOOL_OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/** The runtime with its jars downloaded; they live in the data folder's `jars`, the class archive in `cds`. */
export async function kafkaRuntime(
  options: Pick<Parameters<typeof ensureJars>[0], "onProgress" | "signal"> = {},
): Promise<KafkaRuntime> {
  const java = await findJava();
  const classPath = await ensureJars({ dir: jarsDir(), ...options });
  return { java, classPath, archive: new ClassArchive(join(dataDir(), "cds"), java, classPath) };
}

/** Downloads what `runTool` needs, which would otherwise happen in the first test that uses it. */
export async function ensureKafkaTools(onProgress: Parameters<typeof ensureJars>[0]["onProgress"]): Promise<void> {
  await findJava();
  await ensureJars({ dir: jarsDir(), tools: true, ...(onProgress && { onProgress }) });
}

interface ToolResult {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one of Kafka's own command-line classes, as `bin/kafka-*.sh` do: kafka-topics is `org.apache.kafka.tools.TopicCommand`,
 * kafka-configs `kafka.admin.ConfigCommand`, kafka-log-dirs `org.apache.kafka.tools.LogDirsCommand`.
 *
 * @throws Error with the class's output, when it exits with another code than 0.
 */
export async function runTool(
  className: string,
  args: readonly string[],
  {
    signal,
    heapMb = TOOL_HEAP_MB,
    timeoutMs = TOOL_TIMEOUT_MS,
  }: { signal?: AbortSignal; heapMb?: number; timeoutMs?: number } = {},
): Promise<ToolResult> {
  const { java, archive } = await kafkaRuntime();
  const classPath = await ensureJars({ dir: jarsDir(), tools: true });
  const options = { classPath, mainClass: className, args, heapMb, archiveFlags: archive.flags };
  return runClass(java, options, signal, timeoutMs);
}

/** Starts one of them that runs until it is stopped, such as a console consumer; its output goes to the file. */
export async function startTool(className: string, args: readonly string[], logFile: string): Promise<Child> {
  const { java, archive } = await kafkaRuntime();
  const classPath = await ensureJars({ dir: jarsDir(), tools: true });
  const options = { classPath, mainClass: className, args, heapMb: TOOL_HEAP_MB, archiveFlags: archive.flags };
  return startChild({ command: java.command, args: jvmArguments(options), logFile });
}

/** Runs a class of the broker's own jars, such as StorageTool. */
export function runBrokerClass(
  runtime: KafkaRuntime,
  mainClass: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ToolResult> {
  const { java, classPath, archive } = runtime;
  return runClass(java, { classPath, mainClass, args, heapMb: TOOL_HEAP_MB, archiveFlags: archive.flags }, signal);
}

async function runClass(
  java: Java,
  options: Parameters<typeof jvmArguments>[0],
  signal?: AbortSignal,
  timeoutMs = TOOL_TIMEOUT_MS,
): Promise<ToolResult> {
  try {
    return await promisify(execFile)(java.command, jvmArguments(options), {
      timeout: timeoutMs,
      maxBuffer: TOOL_OUTPUT_LIMIT_BYTES,
      ...(signal && { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    const { stdout = "", stderr = "" } = error as Partial<ToolResult>;
    throw new Error(`${options.mainClass} ${options.args.join(" ")} failed:\n${stdout}${stderr}`.trim(), {
      cause: error,
    });
  }
}

function jarsDir(): string {
  return join(dataDir(), "jars");
}
