import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Its output goes here, and the previous run's is kept beside it as `.old`; null: to this process's own output. */
  readonly logFile: string | null;
}

/** A process of ours: never detached. */
export interface Child {
  readonly pid: number;
  readonly logFile: string | null;
  /** Settles, never rejects, when the process has ended. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly running: boolean;
  /** SIGTERM, then SIGKILL after `graceMs`; resolves when it has ended. */
  stop(graceMs: number): Promise<void>;
}

const LOG_TAIL_CHARS = 2_000;

/** @throws Error when the command can't be started. */
export async function startChild({ command, args, env, cwd, logFile }: ChildOptions): Promise<Child> {
  const log = logFile === null ? "inherit" : openLog(logFile);
  const child = spawn(command, args, { stdio: ["ignore", log, log], windowsHide: true, env, cwd });
  if (typeof log === "number") closeSync(log);
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", () => resolve());
    child.once("error", reject);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} did not start`);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    logFile,
    exited,
    get running() {
      return isRunning();
    },
    async stop(graceMs) {
      if (!isRunning()) return;
      child.kill("SIGTERM");
      const timer = new AbortController();
      await Promise.race([exited, delay(graceMs, null, { signal: timer.signal }).catch(() => null)]);
      timer.abort();
      if (isRunning()) child.kill("SIGKILL");
      await exited;
    },
  };
}

function openLog(logFile: string): number {
  mkdirSync(dirname(logFile), { recursive: true });
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.old`);
  return openSync(logFile, "a", 0o600);
}

/** The end of a process's output, for an error message. */
export function logTail(logFile: string | null): string {
  if (logFile === null) return "";
  try {
    return readFileSync(logFile, "utf8").slice(-LOG_TAIL_CHARS).trim();
  } catch {
    return "";
  }
}
