import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { ConfigEntry, MissingPart } from "#lib/contracts/kafka.ts";
import type { listTopicConfigDefinitions as contract } from "#lib/contracts/topics.ts";
import { ProblemError } from "#lib/problem.ts";
import { byName } from "../clusters/by-name.ts";
import type { ClusterContext } from "../context.ts";
import { missing } from "../kafka/broker-failure.ts";
import { requestTopicCreation, type TopicCreationAnswer } from "../kafka/create-topic.ts";
import { describeBrokerConfigs, describeTopicConfigs } from "../kafka/describe-configs.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";

type Answer = z.input<typeof contract.response>;

/** How many topics are tried until one may be described. */
const MOST_TRIED = 3;

/**
 * Every config a new topic can have. Kafka has no request for it, so two answers are put together: what the controller would give a
 * topic that leaves everything alone (a dry run, nothing is created), and type and documentation as described for a topic there is.
 * Whatever of it this user may not ask is named in `missing`.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listTopicConfigDefinitions(
  ctx: ClusterContext,
  _input: ParsedInput<typeof contract>,
): Promise<Answer> {
  const { value: metadata, observedAtMs } = await ctx.state.metadata.get(ctx.signal);
  const proxy = metadata.controllerProxy ?? metadata.brokers[0]?.id ?? null;
  const usable = metadata.topics.filter(({ errorCode }) => errorCode === 0).map(({ name }) => name);
  const parts: MissingPart[] = [];
  const [defaults, described, counts] = await Promise.all([
    orMissing(parts, "defaults of new topics", ctx.signal, () => askDefaults(ctx, proxy)),
    orMissing(parts, "types and documentation", ctx.signal, () => describeSomeTopic(ctx, usable)),
    orMissing(parts, "default counts", ctx.signal, () => askDefaultCounts(ctx, proxy)),
  ]);
  const partitions = defaults?.partitions ?? counts?.partitions ?? null;
  const replicationFactor = defaults?.replicationFactor ?? counts?.replicationFactor ?? null;
  return {
    definitions: byName(definitions(defaults?.configs ?? [], described ?? [])),
    defaultPartitions: partitions,
    defaultReplicationFactor: replicationFactor,
    missing: parts.filter(({ part }) => part !== "default counts" || partitions === null),
    observedAtMs,
  };
}

/** Exported for its tests. */
export function definitions(
  defaults: TopicCreationAnswer["configs"],
  described: readonly ConfigEntry[],
): ConfigEntry[] {
  const byKey = new Map(described.map((config) => [config.name, config]));
  const known = new Map(defaults.map((config) => [config.name, config]));
  const names = new Set([...known.keys(), ...byKey.keys()]);
  return [...names].map((name) => {
    const entry = byKey.get(name);
    // What the described topic sets for itself is no default.
    const synonyms = entry?.synonyms.filter(({ source }) => source !== "topic") ?? [];
    const inherited = entry?.source === "topic" ? (synonyms[0] ?? null) : (entry ?? null);
    const value = known.get(name) ?? inherited;
    const source = value?.source ?? "unknown";
    return {
      name,
      value: value?.value ?? null,
      source,
      isDefault: source === "default",
      readOnly: entry?.readOnly ?? known.get(name)?.readOnly ?? false,
      sensitive: entry?.sensitive ?? known.get(name)?.sensitive ?? false,
      type: entry?.type ?? "unknown",
      documentation: entry?.documentation ?? null,
      synonyms,
    };
  });
}

async function askDefaults(ctx: ClusterContext, proxy: number | null): Promise<TopicCreationAnswer | null> {
  const creation = {
    name: `tailrace-dry-run-${randomUUID()}`,
    partitions: -1,
    replicationFactor: -1,
    assignment: [],
    configs: {},
    validateOnly: true,
  };
  const answer = await requestTopicCreation(ctx.kafka, proxy, creation, ctx.signal);
  const problem = codeProblem(answer?.errorCode ?? 0, answer?.errorMessage ?? null, {
    what: "the defaults of a new topic",
    needs: "Create on Cluster kafka-cluster",
  });
  if (problem) throw problem;
  return answer;
}

async function describeSomeTopic(ctx: ClusterContext, topics: readonly string[]): Promise<readonly ConfigEntry[]> {
  if (topics.length === 0) {
    throw new ProblemError(
      "topic-not-found",
      "Kafka tells types and documentation only of a topic that exists, and there is none yet.",
    );
  }
  let first: unknown = null;
  for (const topic of topics.slice(0, MOST_TRIED)) {
    try {
      return await describeTopicConfigs(ctx.kafka, topic, ctx.signal);
    } catch (error) {
      first ??= error;
      if (!(error instanceof ProblemError) || !skippable.has(error.code)) throw error;
    }
  }
  throw first;
}

const skippable = new Set(["kafka-forbidden", "topic-not-found"]);

async function askDefaultCounts(
  ctx: ClusterContext,
  brokerId: number | null,
): Promise<{ readonly partitions: number | null; readonly replicationFactor: number | null }> {
  if (brokerId === null) return { partitions: null, replicationFactor: null };
  const keys = ["num.partitions", "default.replication.factor"];
  const configs = await describeBrokerConfigs(ctx.kafka, brokerId, keys, ctx.signal);
  const numberOf = (key: string) => {
    const value = configs.find(({ name }) => name === key)?.value ?? null;
    return value === null ? null : Number(value);
  };
  return { partitions: numberOf("num.partitions"), replicationFactor: numberOf("default.replication.factor") };
}

async function orMissing<T>(
  parts: MissingPart[],
  part: string,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError)) throw error;
    parts.push(missing(error, part));
    return null;
  }
}
