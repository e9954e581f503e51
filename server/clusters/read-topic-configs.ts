import type { MissingPart } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { describeTopicConfigValues, type TopicConfigValues } from "../kafka/describe-configs.ts";
import { count, listed } from "./words.ts";

/** The few configs that lists and health need. */
export interface ListedConfigs {
  readonly cleanupPolicy: string;
  readonly retentionMs: string;
  readonly retentionBytes: string;
  readonly minInsyncReplicas: number;
}

export interface TopicConfigs {
  /** Null: could not be read. A topic that isn't here was made later. */
  readonly byTopic: ReadonlyMap<string, ListedConfigs | null>;
  readonly missing: readonly MissingPart[];
}

const KEYS = ["cleanup.policy", "retention.ms", "retention.bytes", "min.insync.replicas"] as const;
/** One broker answers for so many topics in a few milliseconds; more are shared out among all brokers. */
const TOPICS_PER_REQUEST = 100;

/**
 * @param brokerIds brokers that are up, to share the work among
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readTopicConfigs(
  kafka: ClusterConnections,
  brokerIds: readonly number[],
  topics: readonly string[],
  signal: AbortSignal,
): Promise<TopicConfigs> {
  const shares = share(topics, brokerIds);
  const answers = await Promise.all(
    shares.map(async ({ brokerId, names }) => {
      try {
        return await describeTopicConfigValues(kafka, brokerId, names, KEYS, signal);
      } catch (error) {
        if (brokerId === null || signal.aborted || !(error instanceof ProblemError)) throw error;
        return describeTopicConfigValues(kafka, null, names, KEYS, signal);
      }
    }),
  );
  const byTopic = new Map<string, ListedConfigs | null>();
  const problems = new Map<string, { problem: ProblemError; topics: string[] }>();
  for (const answer of answers) {
    for (const [topic, values] of answer) {
      if (!(values instanceof ProblemError)) {
        byTopic.set(topic, listedConfigs(values));
        continue;
      }
      if (values.code === "topic-not-found") continue;
      byTopic.set(topic, null);
      const same = problems.get(values.code);
      if (same) same.topics.push(topic);
      else problems.set(values.code, { problem: values, topics: [topic] });
    }
  }
  return { byTopic, missing: [...problems.values()].map(missingConfigs) };
}

const MOST_NAMED = 3;

function missingConfigs({ problem, topics }: { problem: ProblemError; topics: readonly string[] }): MissingPart {
  const part = `configs of ${topics.length === 1 ? topics[0] : count(topics.length, "topic")}`;
  if (problem.code !== "kafka-forbidden" || topics.length === 1)
    return { part, code: problem.code, detail: problem.message };
  const names = listed(topics, MOST_NAMED).join("");
  return {
    part,
    code: problem.code,
    detail: `Kafka doesn't allow this user the configs of ${names}: it needs DescribeConfigs on Topic ${names}. Grant it with kafka-acls.sh.`,
  };
}

function listedConfigs(values: Exclude<TopicConfigValues, ProblemError>): ListedConfigs | null {
  const [cleanupPolicy = null, retentionMs, retentionBytes, minIsr] = KEYS.map((key) => values.get(key) ?? null);
  // Newer brokers take an empty cleanup.policy: nothing is ever removed.
  if (cleanupPolicy === null || !retentionMs || !retentionBytes || !minIsr) return null;
  return { cleanupPolicy, retentionMs, retentionBytes, minInsyncReplicas: Number(minIsr) };
}

function share(
  topics: readonly string[],
  brokerIds: readonly number[],
): { readonly brokerId: number | null; readonly names: readonly string[] }[] {
  if (topics.length === 0) return [];
  if (topics.length <= TOPICS_PER_REQUEST) return [{ brokerId: null, names: topics }];
  const parts = Math.max(1, Math.min(brokerIds.length, Math.ceil(topics.length / TOPICS_PER_REQUEST)));
  const size = Math.ceil(topics.length / parts);
  return Array.from({ length: parts }, (_, index) => ({
    brokerId: brokerIds[index] ?? null,
    names: topics.slice(index * size, (index + 1) * size),
  })).filter(({ names }) => names.length > 0);
}
