import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { listOffsets } from "../kafka/list-offsets.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { assertPartition } from "../topics/assert-partition.ts";
import { findTopic } from "../topics/find-topic.ts";

/** A partition as its leader has it now. */
export interface PartitionNow {
  readonly topic: MetadataTopic;
  readonly partition: number;
  readonly leader: number;
  readonly logStartOffset: bigint;
  readonly highWatermark: bigint;
  /** Before it every transaction has ended. */
  readonly lastStableOffset: bigint;
}

/**
 * Looks up a partition, its leader and its bounds: metadata, then three questions to the leader at once.
 * @throws {ProblemError} topic-not-found, partition-not-found, kafka-forbidden, broker-unreachable, cluster-unreachable,
 *   deadline-exceeded, cancelled
 */
export async function findPartition(
  ctx: Pick<ClusterContext, "kafka" | "signal">,
  name: string,
  partition: number,
): Promise<PartitionNow> {
  const topic = await findTopic(ctx, name);
  assertPartition(topic, partition);
  const leader = topic.partitions[partition]?.leader ?? null;
  if (leader === null) {
    throw new ProblemError(
      "broker-unreachable",
      `${name}-${partition} has no leader, so nobody can read it. Start a broker that holds one of its replicas; the topic's page lists them.`,
    );
  }
  const alone = topic.partitions.map((one) => (one.partition === partition ? one : { ...one, leader: null }));
  const readings = await listOffsets(
    ctx.kafka,
    [{ ...topic, partitions: alone }],
    ["earliest", "latest", "stable"],
    ctx.signal,
  );
  const [logStartOffset, highWatermark, lastStableOffset] = readings.map(({ offsets, failures }) => {
    const offset = offsets.get(name)?.[partition] ?? null;
    if (offset !== null) return offset;
    throw (
      failures[0]?.problem ??
      new ProblemError(
        "broker-unreachable",
        `Broker ${leader} doesn't tell the offsets of ${name}-${partition} just now: its leader may be moving. Try again in a few seconds.`,
      )
    );
  });
  if (logStartOffset === undefined || highWatermark === undefined || lastStableOffset === undefined) {
    throw new Error("listOffsets answers each kind it is asked for");
  }
  return { topic, partition, leader, logStartOffset, highWatermark, lastStableOffset };
}
