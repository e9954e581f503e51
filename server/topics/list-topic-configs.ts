import type { z } from "zod";
import { byTopicRecord } from "#lib/contracts/by-topic.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { listTopicConfigs as contract } from "#lib/contracts/topics.ts";
import { configsOfAllTopics } from "../clusters/configs-of-all-topics.ts";
import type { ListedConfigs, TopicConfigs } from "../clusters/read-topic-configs.ts";
import type { ClusterContext } from "../context.ts";

type Answer = z.input<typeof contract.response>;

/**
 * Cleanup policy, retention and min.insync.replicas of all topics; at most 30 s old.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listTopicConfigs(ctx: ClusterContext, _input: ParsedInput<typeof contract>): Promise<Answer> {
  const { value, observedAtMs } = await configsOfAllTopics(ctx);
  return { ...compact(value.byTopic), missing: [...value.missing], observedAtMs };
}

/** Says once what most topics have, and of each topic only what differs. */
export function compact(byTopic: TopicConfigs["byTopic"]): Pick<Answer, "common" | "topics"> {
  const known = [...byTopic.values()].filter((configs) => configs !== null);
  const common: ListedConfigs | null =
    known.length === 0
      ? null
      : {
          cleanupPolicy: mostFrequent(known.map((configs) => configs.cleanupPolicy)),
          retentionMs: mostFrequent(known.map((configs) => configs.retentionMs)),
          retentionBytes: mostFrequent(known.map((configs) => configs.retentionBytes)),
          minInsyncReplicas: mostFrequent(known.map((configs) => configs.minInsyncReplicas)),
        };
  const topics: [string, Partial<ListedConfigs> | null][] = [];
  for (const [name, configs] of byTopic) {
    if (configs === null || common === null) {
      topics.push([name, null]);
      continue;
    }
    const differs = {
      ...(configs.cleanupPolicy !== common.cleanupPolicy && { cleanupPolicy: configs.cleanupPolicy }),
      ...(configs.retentionMs !== common.retentionMs && { retentionMs: configs.retentionMs }),
      ...(configs.retentionBytes !== common.retentionBytes && { retentionBytes: configs.retentionBytes }),
      ...(configs.minInsyncReplicas !== common.minInsyncReplicas && { minInsyncReplicas: configs.minInsyncReplicas }),
    };
    if (Object.keys(differs).length > 0) topics.push([name, differs]);
  }
  return { common, topics: byTopicRecord(topics) };
}

function mostFrequent<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  if (first === undefined) throw new RangeError("the most frequent of no values");
  return first[0];
}
