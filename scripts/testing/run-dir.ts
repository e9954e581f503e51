import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dataDir } from "../paths.ts";
import { reapFromPidFile } from "../processes/pid-file.ts";

const REAP_GRACE_MS = 2_000;
const PREFIX = "run-";

/** This process's own folder for a test cluster; `npm start`'s data lies elsewhere. */
export function testRunDir(): string {
  return join(dataDir(), "test", `${PREFIX}${process.pid}`);
}

/** Ends and removes what test runs left behind that were killed. */
export async function removeStaleTestRuns(): Promise<void> {
  const parent = join(dataDir(), "test");
  for (const name of namesIn(parent)) {
    const pid = Number(name.slice(PREFIX.length));
    if (!name.startsWith(PREFIX) || isAlive(pid)) continue;
    const run = join(parent, name);
    const nodes = namesIn(join(run, "kafka")).filter((entry) => entry.startsWith("node-"));
    await Promise.all(nodes.map((node) => reapFromPidFile(join(run, "kafka", node, "broker.pid"), REAP_GRACE_MS)));
    rmSync(run, { recursive: true, force: true });
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process: it lives.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
