import { logger } from "./logger.ts";
import type { Runtime } from "./runtime.ts";

/** From the signal to the end of the process, whatever still hangs. */
const SHUTDOWN_MS = 2_800;

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
    setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
    runtime.close().catch((error: unknown) => logger.error({ err: error }, "closing the connections failed"));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}
