import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { brokerNotFound } from "./broker-not-found.ts";

/**
 * For what only the broker itself can answer: tells one that is down from one that doesn't exist.
 * @throws {ProblemError} broker-not-found, or broker-unreachable when it is known but not up
 */
export async function assertBrokerUp(ctx: ClusterContext, brokerId: number): Promise<void> {
  const [{ value: metadata }, { reading: registered }] = await Promise.all([
    ctx.state.metadata.get(ctx.signal),
    ctx.state.registered.getWithin(ctx.signal, PATIENCE_MS, "the registered brokers"),
  ]);
  if (metadata.brokers.some(({ id }) => id === brokerId)) return;
  const known = new Set([
    ...metadata.brokers.map(({ id }) => id),
    ...(registered?.value.brokers.map(({ id }) => id) ?? []),
    ...metadata.topics.flatMap(({ partitions }) => partitions.flatMap(({ replicas }) => replicas)),
  ]);
  if (!known.has(brokerId)) {
    throw brokerNotFound(
      brokerId,
      [...known].sort((a, b) => a - b),
    );
  }
  throw new ProblemError(
    "broker-unreachable",
    `Broker ${brokerId} is down, or fenced by the controller: only it can answer for this. Start it, or look at its log.`,
  );
}

const PATIENCE_MS = 2_000;
