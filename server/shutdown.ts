import { logger } from "./logger.ts";
import type { Runtime } from "./runtime.ts";

/** From the signal to the end of the process once everything is closed, whatever responses are still open. */
const SHUTDOWN_MS = 2_800;
/** The same whatever still hangs: closing waits for changes that are being made. */
const LONGEST_MS = 4_300;

/**
 * On SIGTERM and SIGINT: no more requests, those being answered finish, streams are ended, Kafka's connections closed.
 * Next's own handler of the same signals stops listening and waits for open responses, which is all it needs once none
 * stays open; it would exit with 143, though an ordered shutdown has gone well.
 */
export function endOnSignal(runtime: Runtime): void {
  let ending = false;
  const end = (signal: NodeJS.Signals) => {
    if (ending) return;
    ending = true;
    logger.info({ signal, openRequests: runtime.openRequests.count }, "Tailrace shuts down");
    process.on("exit", () => {
      process.exitCode = 0;
    });
    const endWithin = (ms: number) => setTimeout(() => process.exit(0), ms).unref();
    const startMs = performance.now();
    endWithin(LONGEST_MS);
    runtime
      .close()
      .catch((error: unknown) => logger.error({ err: error }, "closing the connections failed"))
      .finally(() => endWithin(Math.max(0, startMs + SHUTDOWN_MS - performance.now())));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}
