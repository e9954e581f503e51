import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { processIdentity } from "./identity.ts";

/** A process as a pid file names it. */
interface RecordedProcess {
  readonly pid: number;
  readonly identity: string | null;
}

const POLL_MS = 50;

/** Records a running process, with what tells it from a later one of the same pid, and anything else worth telling. */
export function writePidFile(path: string, pid: number, about: Record<string, unknown> = {}): void {
  writeFileSync(path, `${JSON.stringify({ ...about, pid, identity: processIdentity(pid) })}\n`, { mode: 0o600 });
}

/** What a pid file says, when exactly that process still lives; null otherwise. */
export function readLivePidFile(path: string): (RecordedProcess & Record<string, unknown>) | null {
  let recorded: unknown;
  try {
    recorded = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  if (typeof recorded !== "object" || recorded === null || !("pid" in recorded) || !("identity" in recorded))
    return null;
  const { pid, identity } = recorded;
  if (typeof pid !== "number" || typeof identity !== "string") return null;
  return processIdentity(pid) === identity ? { ...recorded, pid, identity } : null;
}

/**
 * Ends the process that a pid file names, and only if it is that very process: politely first, by force after `graceMs`.
 *
 * @returns whether there was one.
 */
export async function reapFromPidFile(path: string, graceMs: number): Promise<boolean> {
  const stale = readLivePidFile(path);
  if (stale) {
    signal(stale, "SIGTERM");
    if (!(await gone(stale, graceMs))) {
      signal(stale, "SIGKILL");
      await gone(stale, graceMs);
    }
  }
  rmSync(path, { force: true });
  return stale !== null;
}

function signal(recorded: RecordedProcess, name: NodeJS.Signals): void {
  if (processIdentity(recorded.pid) !== recorded.identity) return;
  try {
    process.kill(recorded.pid, name);
  } catch {
    // It ended in between.
  }
}

async function gone(recorded: RecordedProcess, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; await delay(POLL_MS)) {
    if (processIdentity(recorded.pid) !== recorded.identity) return true;
  }
  return processIdentity(recorded.pid) !== recorded.identity;
}
