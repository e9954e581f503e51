import { setTimeout as delay } from "node:timers/promises";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterConnections } from "../../kafka/connections.ts";
import { type Coordinator, findCoordinators } from "../../kafka/find-coordinators.ts";
import { codeProblem } from "../../kafka/kafka-problem.ts";

/** What a coordinator's answer comes to when it is another broker, or not ready. */
export const MOVED = Symbol("the coordinator is moving");

const NOT_AVAILABLE = 15;
/** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR */
const MOVING: ReadonlySet<number> = new Set([14, NOT_AVAILABLE, 16]);
const AWAY: ReadonlySet<string> = new Set(["broker-unreachable", "cluster-unreachable", "deadline-exceeded"]);
const BETWEEN_TRIES_MS = 250;

export function isMoving(errorCode: number): boolean {
  return MOVING.has(errorCode);
}

/** Whether the broker, not the question, is why there is no answer. */
export function isAway(error: unknown): error is ProblemError {
  return error instanceof ProblemError && AWAY.has(error.code);
}

/**
 * Asks a group's coordinator, and whichever follows it while it moves, until one answers or the signal says that time is out.
 * @param ask answers MOVED where another, or the same one later, is to be asked
 * @throws {ProblemError} broker-unreachable (time is out), kafka-forbidden, whatever `ask` throws
 */
export async function atCoordinator<T>(
  kafka: ClusterConnections,
  group: string,
  signal: AbortSignal,
  ask: (coordinator: number) => Promise<T | typeof MOVED>,
): Promise<T> {
  while (!signal.aborted) {
    const found = await find(kafka, group, signal);
    const answer = "brokerId" in found ? await ask(found.brokerId) : MOVED;
    if (answer !== MOVED) return answer;
    await delay(BETWEEN_TRIES_MS, undefined, { signal }).catch(() => {});
  }
  throw new ProblemError(
    "broker-unreachable",
    `The coordinator of group "${group}" is moving or loading. Try again in a few seconds; if it stays, look at the partitions of __consumer_offsets and at their leaders.`,
  );
}

async function find(kafka: ClusterConnections, group: string, signal: AbortSignal): Promise<Coordinator> {
  const away: Coordinator = { errorCode: NOT_AVAILABLE };
  try {
    const found = (await findCoordinators(kafka, [group], signal)).get(group) ?? away;
    if ("brokerId" in found || isMoving(found.errorCode)) return found;
    const asking = { what: `the coordinator of group ${group}`, needs: `Read on Group ${group}` };
    throw codeProblem(found.errorCode, null, asking) ?? new Error("a coordinator that isn't told has an error code");
  } catch (error) {
    if (signal.aborted || isAway(error)) return away;
    throw error;
  }
}
