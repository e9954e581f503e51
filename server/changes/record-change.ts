import type { ClusterContext } from "../context.ts";
import { logger } from "../logger.ts";

/** A change as the log tells it. Never put a secret into any of it. */
export interface Change {
  /** "create-topic", "stop-broker". */
  readonly action: string;
  /** What it is done to: `{ topic: "orders" }`. */
  readonly target: Readonly<Record<string, string | number>>;
  /** What is there before; null when nothing is. */
  readonly before: unknown;
  /** What is asked for. */
  readonly after: unknown;
}

/**
 * Does a change and writes down that it was tried and how it ended, as two lines on stdout with one request id: the
 * intent before it is sent, so that a change is on record even when this server dies in its midst.
 * @param outcome what came of it beyond `after`: the offset that a message got
 * @throws whatever `apply` throws
 */
export async function recordChange<T>(
  ctx: Pick<ClusterContext, "cluster" | "actor" | "requestId">,
  change: Change,
  apply: () => Promise<T>,
  outcome: (result: T) => unknown = () => undefined,
): Promise<T> {
  const entry = { cluster: ctx.cluster.name, actor: ctx.actor.name, requestId: ctx.requestId, ...change };
  logger.info({ change: { ...entry, phase: "intent" } }, change.action);
  try {
    const result = await apply();
    logger.info({ change: { ...entry, phase: "done", outcome: outcome(result) } }, change.action);
    return result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // A change whose answer never came may have happened all the same.
    logger.warn({ change: { ...entry, phase: "failed", why } }, change.action);
    throw error;
  }
}
