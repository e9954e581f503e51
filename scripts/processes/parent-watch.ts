import { readFileSync } from "node:fs";

const POLL_MS = 200;

/**
 * Calls back once when what started this process is gone. SIGTERM to `npm start` ends only npm and its shell, SIGKILL only npm: nobody
 * tells the launcher, which sees it by its ancestors' pids changing.
 */
export function onParentGone(callback: () => void): void {
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    callback();
  }, POLL_MS);
  timer.unref();
}

/** The parent, and its parent when the parent is the shell that npm runs a script in. */
function ancestors(): string {
  const parent = process.ppid;
  return `${parent} ${process.env.npm_lifecycle_event === undefined ? "" : shellsParent(parent)}`;
}

/** Null when it can't be told: elsewhere than on Linux the usual shells replace themselves by the script, and npm is the parent. */
function shellsParent(pid: number): string | null {
  if (process.platform !== "linux") return null;
  try {
    const [program = "", flag = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    if (!/(^|\/)(ba|da|a|z)?sh$/.test(program) || flag !== "-c") return null;
    return /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? null;
  } catch {
    return null;
  }
}
