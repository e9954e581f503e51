import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { projectRoot } from "../paths.ts";
import { type Child, logTail, startChild } from "../processes/child.ts";

interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  /** Where its output goes; null for this process's own output. */
  readonly logFile: string | null;
}

const ANSWER_TIMEOUT_MS = 30_000;
const POLL_MS = 40;

/** V8's default keeps up to 60 MB more after busy minutes, for answers that are no quicker. */
const YOUNG_GENERATION = "--max-semi-space-size=2";

/** Starts `next start` as a child. Wait for `serverAnswers` before telling anybody its URL. */
export function startServer({ host, port, env, logFile }: ServerOptions): Promise<Child> {
  const next = join(projectRoot, "node_modules/next/dist/bin/next");
  return startChild({
    command: process.execPath,
    args: [YOUNG_GENERATION, next, "start", "-H", host, "-p", String(port)],
    cwd: projectRoot,
    env: { ...env, NODE_ENV: "production", HOST: host, PORT: String(port), NEXT_TELEMETRY_DISABLED: "1" },
    logFile,
  });
}

/** @throws Error with the server's last output, when it ends or doesn't answer. */
export async function serverAnswers(server: Child, url: string, signal: AbortSignal): Promise<void> {
  for (const until = Date.now() + ANSWER_TIMEOUT_MS; Date.now() < until; await delay(POLL_MS)) {
    signal.throwIfAborted();
    if (!server.running) throw new Error(`The server ended.\n${logTail(server.logFile)}`.trim());
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).catch(
      () => null,
    );
    await answer?.body?.cancel();
    if (answer) return;
  }
  throw new Error(`The server did not answer at ${url} within ${ANSWER_TIMEOUT_MS / 1000} s.`);
}

/** As a person types it: brackets around IPv6 addresses. */
export function serverUrl(host: string, port: number): string {
  return `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
}
