import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { getTopic as contract } from "#lib/contracts/topics.ts";
import { ProblemError } from "#lib/problem.ts";
import { missingOffsets } from "../clusters/missing-offsets.ts";
import { missingSizes } from "../clusters/missing-sizes.ts";
import type { ClusterContext } from "../context.ts";
import { type BrokerFailure, brokerFailure, missing } from "../kafka/broker-failure.ts";
import { describeTopicConfigValues } from "../kafka/describe-configs.ts";
import { describeLogDirs } from "../kafka/describe-log-dirs.ts";
import { listOffsets } from "../kafka/list-offsets.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { findTopic } from "./find-topic.ts";

/**
 * One topic with its partitions, all asked of Kafka now: metadata first, then offsets and sizes of each leader at once.
 * @throws {ProblemError} topic-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function getTopic(
  ctx: ClusterContext,
  { params }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const observedAtMs = Date.now();
  const topic = await findTopic(ctx, params.topic);
  const [[earliest, latest, stable], sizes, configs] = await Promise.all([
    listOffsets(ctx.kafka, [topic], ["earliest", "latest", "stable"], ctx.signal),
    leaderSizes(ctx, topic),
    healthConfigs(ctx, topic.name),
  ]);
  const text = (offsets: typeof latest, partition: number) =>
    offsets.offsets.get(topic.name)?.[partition]?.toString() ?? null;
  return {
    name: topic.name,
    topicId: topic.topicId,
    internal: topic.internal,
    minInsyncReplicas: configs.minInsyncReplicas,
    cleanupPolicy: configs.cleanupPolicy,
    partitions: topic.partitions.map(({ partition, leader, leaderEpoch, replicas, isr, offlineReplicas }) => ({
      partition,
      leader,
      leaderEpoch,
      replicas: [...replicas],
      isr: [...isr],
      offlineReplicas: [...offlineReplicas],
      logStartOffset: text(earliest, partition),
      highWatermark: text(latest, partition),
      lastStableOffset: text(stable, partition),
      sizeBytes: sizes.byPartition.get(partition)?.toString() ?? null,
    })),
    missing: [...missingOffsets([earliest, latest, stable]), ...missingSizes(sizes.failures), ...configs.missing],
    observedAtMs,
  };
}

/** Bytes of each partition's leading replica. */
async function leaderSizes(
  ctx: ClusterContext,
  { name, partitions }: MetadataTopic,
): Promise<{ readonly byPartition: ReadonlyMap<number, bigint>; readonly failures: readonly BrokerFailure[] }> {
  const byLeader = new Map<number, number[]>();
  for (const { leader, partition } of partitions) {
    if (leader !== null) byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition]);
  }
  const byPartition = new Map<number, bigint>();
  const failures: BrokerFailure[] = [];
  await Promise.all(
    [...byLeader].map(async ([brokerId, led]) => {
      try {
        const logDirs = await describeLogDirs(ctx.kafka, brokerId, [{ name, partitions: led }], ctx.signal);
        for (const { topics } of logDirs) {
          for (const { replicas } of topics) {
            for (const { partition, sizeBytes, isFuture } of replicas)
              if (!isFuture) byPartition.set(partition, sizeBytes);
          }
        }
      } catch (error) {
        if (ctx.signal.aborted) throw error;
        failures.push(brokerFailure(brokerId, error));
      }
    }),
  );
  return { byPartition, failures };
}

async function healthConfigs(
  ctx: ClusterContext,
  topic: string,
): Promise<{ minInsyncReplicas: number | null; cleanupPolicy: string | null; missing: MissingPart[] }> {
  const keys = ["min.insync.replicas", "cleanup.policy"];
  const unknown = (problem: ProblemError) => ({
    minInsyncReplicas: null,
    cleanupPolicy: null,
    missing: [missing(problem, "configs")],
  });
  try {
    const values = (await describeTopicConfigValues(ctx.kafka, null, [topic], keys, ctx.signal)).get(topic);
    if (values instanceof ProblemError) return unknown(values);
    const minIsr = values?.get("min.insync.replicas") ?? null;
    return {
      minInsyncReplicas: minIsr === null ? null : Number(minIsr),
      cleanupPolicy: values?.get("cleanup.policy") ?? null,
      missing: [],
    };
  } catch (error) {
    if (ctx.signal.aborted || !(error instanceof ProblemError)) throw error;
    return unknown(error);
  }
}
