import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { listTopics as contract } from "#lib/contracts/topics.ts";
import { missingOffsets } from "../clusters/missing-offsets.ts";
import { partitionState } from "../clusters/partition-health.ts";
import type { ClusterContext } from "../context.ts";
import type { MetadataPartition, MetadataTopic } from "../kafka/read-metadata.ts";

type Answer = z.input<typeof contract.response>;
type TopicSummary = Answer["topics"][number];

/**
 * All topics with health and message counts, asked of Kafka each time; viewers who ask at the same moment share one reading.
 * `messages` is Σ (high watermark − log start offset): an upper bound where compaction or transactions leave gaps.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listTopics(ctx: ClusterContext, _input: ParsedInput<typeof contract>): Promise<Answer> {
  const { value, observedAtMs } = await ctx.state.topicOffsets.get(ctx.signal);
  const { metadata, earliest, latest } = value;
  const topics = metadata.topics.map((topic) =>
    summarise(topic, earliest.offsets.get(topic.name) ?? [], latest.offsets.get(topic.name) ?? []),
  );
  const missing: MissingPart[] = missingOffsets([earliest, latest]);
  if (topics.length === 0 && ctx.cluster.sasl !== null) missing.push(nothingVisible(ctx.cluster.sasl.username));
  return { topics, missing, observedAtMs };
}

/** Kafka leaves out what a user may not describe, and says nothing. */
function nothingVisible(username: string): MissingPart {
  return {
    part: "topics",
    code: "kafka-forbidden",
    detail: `${username} sees no topic. If there are some: seeing one needs Describe on Topic <name>. Grant it with kafka-acls.sh.`,
  };
}

/** Exported for its tests. @param earliest log start offsets, @param latest high watermarks, by partition */
export function summarise(
  topic: MetadataTopic,
  earliest: readonly (bigint | null)[],
  latest: readonly (bigint | null)[],
): TopicSummary {
  const { name, internal, partitions } = topic;
  let offline = 0;
  let underReplicated = 0;
  let allInSync = true;
  for (const partition of partitions) {
    const state = partitionState(partition, null);
    if (state === "offline") offline++;
    if (state === "under-replicated") underReplicated++;
    allInSync &&= inSyncCount(partition) === partition.replicas.length;
  }
  return {
    name,
    ...(internal && { internal }),
    partitionCount: partitions.length,
    replicationFactor: partitions[0]?.replicas.length ?? 0,
    ...(offline > 0 && { offline }),
    ...(underReplicated > 0 && { underReplicated }),
    ...(!allInSync && { isrByPartition: partitions.map(isrDigit).join("") }),
    messages: messagesIn(partitions.length, earliest, latest),
  };
}

/** Kafka goes on naming the last replicas in sync of an offline partition; none of them serves it. */
function inSyncCount({ leader, isr }: MetadataPartition): number {
  return leader === null ? 0 : isr.length;
}

function isrDigit(partition: MetadataPartition): string {
  const inSync = inSyncCount(partition);
  return inSync > 9 ? "+" : String(inSync);
}

function messagesIn(
  partitionCount: number,
  earliest: readonly (bigint | null)[],
  latest: readonly (bigint | null)[],
): string | null {
  let sum = 0n;
  for (let partition = 0; partition < partitionCount; partition++) {
    const start = earliest[partition] ?? null;
    const end = latest[partition] ?? null;
    if (start === null || end === null) return null;
    // The log start may have passed a high watermark that was read a moment earlier.
    if (end > start) sum += end - start;
  }
  return sum.toString();
}
