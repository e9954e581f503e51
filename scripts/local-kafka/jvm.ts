import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { kafkaVersion } from "./jars.ts";
import type { Java } from "./java.ts";

/** How to start a JVM quickly with little memory: a broker needs 172 MB and 1.25 s with the archive, 2.4 s without. */
const QUICK_FLAGS = [
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-Xshare:auto",
  "-Xlog:disable",
  "-Xlog:all=error:stderr",
];

const LOGGING_FLAGS = [
  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
  "-Dorg.slf4j.simpleLogger.showDateTime=true",
  "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
];

const DUMP_TIMEOUT_MS = 60_000;

/** The archive of loaded classes (AppCDS) that fits this Java and this class path. */
export class ClassArchive {
  readonly #dir: string;
  readonly #java: Java;
  readonly #classPath: string;
  readonly #name: string;

  constructor(dir: string, java: Java, classPath: string) {
    this.#dir = dir;
    this.#java = java;
    this.#classPath = classPath;
    this.#name = `kafka-${kafkaVersion}-java-${java.major}-${java.fingerprint}`;
  }

  get #archive(): string {
    return join(this.#dir, `${this.#name}.jsa`);
  }

  get exists(): boolean {
    return existsSync(this.#archive);
  }

  /** Flags for any JVM whose class path starts with this archive's. */
  get flags(): string[] {
    return this.exists ? [`-XX:SharedArchiveFile=${this.#archive}`] : [];
  }

  /** Flags that make one broker write down the classes it loads, for `create`. */
  recordFlags(listFile: string): string[] {
    return [`-XX:DumpLoadedClassList=${listFile}`];
  }

  /** Makes the archive from a list of loaded classes. Takes some seconds of one core, once per machine. */
  async create(listFile: string, signal: AbortSignal): Promise<void> {
    if (this.exists) return;
    await mkdir(this.#dir, { recursive: true });
    // The broker still writes: its last line may be half of one.
    const list = await readFile(listFile, "utf8");
    const part = join(this.#dir, `.${this.#name}-${process.pid}`);
    await writeFile(`${part}.classlist`, list.slice(0, list.lastIndexOf("\n") + 1));
    try {
      await promisify(execFile)(
        this.#java.command,
        [
          "-Xshare:dump",
          "-XX:+UseSerialGC",
          "-Xlog:disable",
          `-XX:SharedClassListFile=${part}.classlist`,
          `-XX:SharedArchiveFile=${part}.jsa`,
          "-cp",
          this.#classPath,
        ],
        { timeout: DUMP_TIMEOUT_MS, signal, maxBuffer: 16 * 1024 * 1024 },
      );
      await this.#dropOlder();
      await rename(`${part}.jsa`, this.#archive);
    } finally {
      await rm(`${part}.classlist`, { force: true });
      await rm(`${part}.jsa`, { force: true });
    }
  }

  /** An archive of another Kafka or Java is of no use any more: 60 MB each. */
  async #dropOlder(): Promise<void> {
    for (const name of await readdir(this.#dir)) {
      if (name.endsWith(".jsa") && !name.startsWith(".")) await rm(join(this.#dir, name), { force: true });
    }
  }
}

interface JvmOptions {
  readonly classPath: string;
  readonly mainClass: string;
  readonly args: readonly string[];
  readonly heapMb: number;
  readonly archiveFlags: readonly string[];
}

/** The arguments of a `java` that runs one of Kafka's classes. */
export function jvmArguments({ classPath, mainClass, args, heapMb, archiveFlags }: JvmOptions): string[] {
  return [`-Xmx${heapMb}m`, ...QUICK_FLAGS, ...archiveFlags, ...LOGGING_FLAGS, "-cp", classPath, mainClass, ...args];
}
