import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { dataDir, projectRoot } from "../paths.ts";
import { readLivePidFile } from "../processes/pid-file.ts";

const POLL_MS = 25;
const UP_TIMEOUT_MS = 120_000;
const DOWN_TIMEOUT_MS = 20_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** A data folder for launchers under test, with the jars that are here already. */
export class LauncherDir {
  readonly path: string;

  constructor() {
    const parent = join(dataDir(), "test");
    mkdirSync(parent, { recursive: true });
    this.path = mkdtempSync(join(parent, "launcher-"));
    for (const shared of ["jars", "cds"]) {
      mkdirSync(join(dataDir(), shared), { recursive: true });
      symlinkSync(join(dataDir(), shared), join(this.path, shared), "dir");
    }
  }

  /** As on a machine where nothing was downloaded yet. */
  forgetJars(): void {
    rmSync(join(this.path, "jars"));
  }

  /** The pids of everything that a launcher started on this folder and that lives. */
  livePids(): number[] {
    const brokers = [1, 2, 3].map((id) => `kafka/node-${id}/broker.pid`);
    return ["launcher.pid", "server.pid", ...brokers].flatMap((file) => {
      const live = readLivePidFile(join(this.path, file));
      return live ? [live.pid] : [];
    });
  }

  launcherPid(): number {
    const live = readLivePidFile(join(this.path, "launcher.pid"));
    if (!live) throw new Error("no launcher runs");
    return live.pid;
  }

  /** The local Kafka's client addresses, as the launcher wrote them down. */
  bootstrap(): string[] {
    const { clientPorts } = JSON.parse(readFileSync(join(this.path, "kafka", "cluster.json"), "utf8")) as {
      clientPorts: number[];
    };
    return clientPorts.map((port) => `127.0.0.1:${port}`);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A launcher under test: `npm start`, or the script itself where only its answer matters. */
export class LauncherRun {
  readonly process: ChildProcess;
  output = "";

  constructor(command: "npm start" | "node scripts/start.ts", dir: LauncherDir, env: Environment) {
    const [program, ...args] = command === "npm start" ? ["npm", "start"] : [process.execPath, "scripts/start.ts"];
    const all: Record<string, string | undefined> = {
      ...cleanEnvironment(),
      TAILRACE_DATA_DIR: dir.path,
      NEXT_DIST_DIR: ".next-test",
      ...env,
    };
    this.process = spawn(program ?? "", args, {
      cwd: projectRoot,
      stdio: ["ignore", "pipe", "pipe"],
      env: all as NodeJS.ProcessEnv,
    });
    const keep = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.process.stdout?.on("data", keep);
    this.process.stderr?.on("data", keep);
  }

  /** Resolves when the launcher says that everything is up. */
  async up(): Promise<void> {
    await until("the launcher to be up", UP_TIMEOUT_MS, () => {
      if (this.process.exitCode !== null) throw new Error(`the launcher ended:\n${this.output}`);
      return this.output.includes("Ctrl-C stops everything");
    });
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | null> {
    await until(
      "the launcher to end",
      DOWN_TIMEOUT_MS,
      () => this.process.exitCode !== null || this.process.signalCode !== null,
    );
    return this.process.exitCode;
  }
}

/** How long it takes until none of these processes lives. */
export async function untilDown(pids: readonly number[]): Promise<number> {
  const startedMs = Date.now();
  await until(`processes ${pids.join(", ")} to end`, DOWN_TIMEOUT_MS, () => !pids.some(isAlive));
  return Date.now() - startedMs;
}

function isAlive(pid: number): boolean {
  try {
    // A process that ended but was not waited for still has a pid.
    return process.kill(pid, 0) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" && process.platform !== "linux";
  }
}

async function until(what: string, timeoutMs: number, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await delay(POLL_MS)) if (holds()) return;
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
}

/** As a person's shell has it: nothing of the test runner's or of this project's. */
function cleanEnvironment(): Environment {
  const ours = /^(KAFKA_|TAILRACE_|VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$|DEV$|PROD$|MODE$|BASE_URL$|HOST$|PORT$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !ours.test(key)));
}
