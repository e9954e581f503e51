import type { z } from "zod";
import { byTopicRecord } from "#lib/contracts/by-topic.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { listTopicSizes as contract } from "#lib/contracts/topics.ts";
import { missingSizes, sizesOfAway } from "../clusters/missing-sizes.ts";
import type { ClusterLogDirs } from "../clusters/read-log-dirs.ts";
import type { ClusterContext } from "../context.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";

/** Who holds replicas changes seldom: as old as the sizes may be, it is not asked for again. */
const HOLDERS_MAX_AGE_MS = 10_000;

/**
 * Bytes on disk of each topic, or of one; at most 10 s old. A size is whole only if every replica that the metadata names was
 * found in a log dir; else it is at least that much, and `missing` names the brokers.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listTopicSizes(
  ctx: ClusterContext,
  { query: { topic: only } }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const [{ value: logDirs, observedAtMs }, { value: metadata }] = await Promise.all([
    ctx.state.logDirs.get(ctx.signal),
    ctx.state.metadata.get(ctx.signal, HOLDERS_MAX_AGE_MS),
  ]);
  const topics = only === undefined ? metadata.topics : metadata.topics.filter(({ name }) => name === only);
  return { ...topicSizes(logDirs, topics, only), missing: missingOf(logDirs, topics, only), observedAtMs };
}

/** Exported for its test. A topic that the metadata doesn't name is as large as what was found of it. */
export function topicSizes(
  { topicSizes: found, topicReplicas }: ClusterLogDirs,
  topics: readonly MetadataTopic[],
  only?: string,
): { sizes: Record<string, string>; atLeast: Record<string, string> } {
  const expected = new Map(
    topics.map(({ name, partitions }) => [name, partitions.reduce((sum, { replicas }) => sum + replicas.length, 0)]),
  );
  const whole: [string, string][] = [];
  const partial: [string, string][] = [];
  for (const [topic, size] of found) {
    if (only !== undefined && topic !== only) continue;
    const isWhole = (topicReplicas.get(topic) ?? 0) >= (expected.get(topic) ?? 0);
    (isWhole ? whole : partial).push([topic, size.toString()]);
  }
  return { sizes: byTopicRecord(whole), atLeast: byTopicRecord(partial) };
}

function missingOf(
  { byBroker, failures }: ClusterLogDirs,
  topics: readonly MetadataTopic[],
  only?: string,
): MissingPart[] {
  const holders = new Set(topics.flatMap(({ partitions }) => partitions.flatMap(({ replicas }) => replicas)));
  // Of one topic's size nothing is missing on a broker that holds none of it.
  const felt = only === undefined ? failures : failures.filter(({ brokerId }) => holders.has(brokerId));
  const failed = new Set(failures.map(({ brokerId }) => brokerId));
  const away = [...holders].filter((id) => !byBroker.has(id) && !failed.has(id)).sort((a, b) => a - b);
  return [...missingSizes(felt), ...away.map((id) => sizesOfAway(id, "not up"))];
}
