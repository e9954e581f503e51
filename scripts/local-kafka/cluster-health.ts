import { setTimeout as delay } from "node:timers/promises";
import { Connection, metadataV12 } from "@platformatic/kafka";

const POLL_MS = 100;
const REQUEST_TIMEOUT_MS = 2_000;

/** What one broker says about all of them. */
interface ClusterHealth {
  readonly brokerIds: readonly number[];
  /** Partitions with fewer in-sync replicas than replicas, or without a leader. */
  readonly unhealthyPartitions: number;
}

/** @throws when the broker on this port does not answer. */
async function readClusterHealth(port: number): Promise<ClusterHealth> {
  const connection = new Connection("tailrace-launcher", {
    connectTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  connection.on("error", () => {});
  try {
    await connection.connect("127.0.0.1", port);
    const { brokers, topics } = await metadataV12.api.async(connection, null, false, false);
    const partitions = topics.flatMap((topic) => topic.partitions);
    return {
      brokerIds: brokers.map((broker) => broker.nodeId),
      unhealthyPartitions: partitions.filter((p) => p.leaderId < 0 || p.isrNodes.length < p.replicaNodes.length).length,
    };
  } finally {
    await connection.close().catch(() => {});
  }
}

/**
 * Waits until a condition holds for what every one of these brokers says; a broker that doesn't answer is asked again.
 *
 * @throws Error naming `what` when it doesn't hold within `timeoutMs`; the signal's reason when it aborts.
 */
export async function waitForHealth(
  ports: readonly number[],
  what: string,
  holds: (health: ClusterHealth) => boolean,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Promise<void> {
  let last = "no broker answered";
  for (const until = Date.now() + timeoutMs; Date.now() < until; await delay(POLL_MS)) {
    signal?.throwIfAborted();
    try {
      const answers = await Promise.all(ports.map((port) => readClusterHealth(port)));
      if (answers.every(holds)) return;
      last = `brokers ${answers.map(({ brokerIds }) => brokerIds.join("+")).join(", ")}; unhealthy partitions ${answers.map(({ unhealthyPartitions }) => unhealthyPartitions).join(", ")}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
  }
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}: ${last}.`);
}
