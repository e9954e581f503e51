import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { readLivePidFile, writePidFile } from "../processes/pid-file.ts";

/**
 * One launcher a data folder. A lock that a killed launcher left behind counts for nothing.
 *
 * @returns what gives it back.
 * @throws Error naming the process and the URL of the one that runs.
 */
export function takeLauncherLock(file: string, url: string): () => void {
  const other = readLivePidFile(file);
  if (other) {
    throw new Error(
      `Tailrace runs here already: process ${other.pid}, ${String(other.url)}. Stop that one first (Ctrl-C there), ` +
        "or set TAILRACE_DATA_DIR and PORT for a second one.",
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  writePidFile(file, process.pid, { url });
  return () => rmSync(file, { force: true });
}
