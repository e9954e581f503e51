import { join } from "node:path";
import { projectRoot } from "../paths.ts";
import { type Child, startChild } from "../processes/child.ts";

/** The sample workload in a process of its own: it must not slow the launcher, nor the server, and may be missing. */
export function startWorkload(bootstrap: readonly string[], logFile: string): Promise<Child> {
  return startChild({
    command: process.execPath,
    args: [join(projectRoot, "scripts/sample-workload/main.ts")],
    cwd: projectRoot,
    env: { ...process.env, KAFKA_BROKERS: bootstrap.join(",") },
    logFile,
  });
}
