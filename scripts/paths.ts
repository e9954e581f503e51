import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's top folder. */
export const projectRoot = fileURLToPath(new URL("..", import.meta.url));

/** Where everything made at run time is kept: Kafka's jars and data, logs, pid files. `TAILRACE_DATA_DIR` moves it. */
export function dataDir(env: NodeJS.ProcessEnv = process.env): string {
  return env.TAILRACE_DATA_DIR ? resolve(env.TAILRACE_DATA_DIR) : join(projectRoot, ".tailrace");
}
