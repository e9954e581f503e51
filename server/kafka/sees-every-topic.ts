import { randomUUID } from "node:crypto";
import type { ClusterConnections } from "./connections.ts";
import { readMetadata } from "./read-metadata.ts";

const FORBIDDEN = 29;

/**
 * Whether this user may describe every topic. Of a topic that doesn't exist Kafka says so to those who might see it, and that it is
 * forbidden to all others; of what committed offsets it leaves out it says nothing.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function seesEveryTopic(kafka: ClusterConnections, signal: AbortSignal): Promise<boolean> {
  const { topics } = await readMetadata(kafka, [`tailrace-${randomUUID()}`], signal);
  return topics.every(({ errorCode }) => errorCode !== FORBIDDEN);
}
