import type { ConfigEntry, ConfigSource } from "#lib/contracts/kafka.ts";
import type { ProblemError } from "#lib/problem.ts";
import { askAnyBroker, askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections, Question } from "./connections.ts";
import { codeProblem } from "./kafka-problem.ts";

const TOPIC = 2;
const BROKER = 4;
const GROUP = 32;

interface ConfigsInput {
  readonly type: typeof TOPIC | typeof BROKER | typeof GROUP;
  readonly names: readonly string[];
  /** Null: all keys. */
  readonly keys: readonly string[] | null;
  /** Synonyms, types and documentation too. */
  readonly whole: boolean;
}

interface DescribedResource {
  readonly name: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly configs: readonly ConfigEntry[];
}

const sources: readonly ConfigSource[] = [
  "unknown",
  "topic",
  "dynamic-broker",
  "dynamic-default-broker",
  "static-broker",
  "default",
  "dynamic-broker-logger",
  "client-metrics",
  "group",
];
const types: readonly ConfigEntry["type"][] = [
  "unknown",
  "boolean",
  "string",
  "int",
  "short",
  "long",
  "double",
  "list",
  "class",
  "password",
];

/** By `DescribeConfigsResponse.ConfigSource`; a source newer than this list is unknown. */
export function configSourceOf(code: number): ConfigSource {
  return sources[code] ?? "unknown";
}

const describeConfigsRequest = defineRequest<ConfigsInput, readonly DescribedResource[]>({
  key: 32,
  versions: [4],
  since: "Kafka 2.8",
  write: (writer, { type, names, keys, whole }) => {
    writer.structs(names, (name) => writer.int8(type).string(name).strings(keys));
    writer.boolean(whole).boolean(whole);
  },
  read: (reader) => {
    reader.int32();
    return reader.structs((r) => {
      const errorCode = r.int16();
      const errorMessage = r.nullableString();
      r.int8();
      const name = r.string();
      const configs = r.structs((c) => {
        const key = c.string();
        const value = c.nullableString();
        const readOnly = c.boolean();
        const source = configSourceOf(c.int8());
        const sensitive = c.boolean();
        const synonyms = c.structs((s) => ({
          name: s.string(),
          value: s.nullableString(),
          source: configSourceOf(s.int8()),
        }));
        const type = types[c.int8()] ?? "unknown";
        const documentation = c.nullableString();
        return {
          name: key,
          value,
          source,
          isDefault: source === "default",
          readOnly,
          sensitive,
          type,
          documentation,
          synonyms,
        };
      });
      return { name, errorCode, errorMessage, configs };
    });
  },
});

/** A topic's named configs, values only; or why this topic's can't be read. */
export type TopicConfigValues = ReadonlyMap<string, string | null> | ProblemError;

/**
 * The values of a few configs of many topics, without documentation: cheap (DescribeConfigs, KIP-133).
 * @param brokerId who is asked, for many topics; null: any broker, for a few. All of them know all topics
 * @returns by topic
 * @throws {ProblemError} broker-unreachable, deadline-exceeded, cancelled
 */
export async function describeTopicConfigValues(
  kafka: ClusterConnections,
  brokerId: number | null,
  topics: readonly string[],
  keys: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TopicConfigValues>> {
  const input = { type: TOPIC, names: topics, keys, whole: false } as const;
  const question = { what: "the topics' configs" };
  const resources =
    brokerId === null
      ? await askAnyBroker(kafka, describeConfigsRequest, input, question, signal)
      : await askBroker(kafka, brokerId, describeConfigsRequest, input, { ...question, lane: "bulk" }, signal);
  return new Map(
    resources.map(({ name, errorCode, errorMessage, configs }) => [
      name,
      codeProblem(errorCode, errorMessage, topicQuestion(name)) ??
        new Map(configs.map(({ name: key, value }) => [key, value])),
    ]),
  );
}

/**
 * Everything about one topic's configs: source, synonyms, type, documentation (KIP-226, KIP-569).
 * @throws {ProblemError} topic-not-found, kafka-forbidden, deadline-exceeded, cluster-unreachable, cancelled
 */
export async function describeTopicConfigs(
  kafka: ClusterConnections,
  topic: string,
  signal: AbortSignal,
): Promise<readonly ConfigEntry[]> {
  const question = topicQuestion(topic);
  const input = { type: TOPIC, names: [topic], keys: null, whole: true } as const;
  return only(await askAnyBroker(kafka, describeConfigsRequest, input, question, signal), question);
}

/**
 * Everything about one broker's configs, asked of that broker: only it knows its static ones.
 * @param keys only these, or null for all
 * @throws {ProblemError} broker-unreachable, kafka-forbidden, deadline-exceeded, cancelled
 */
export async function describeBrokerConfigs(
  kafka: ClusterConnections,
  brokerId: number,
  keys: readonly string[] | null,
  signal: AbortSignal,
): Promise<readonly ConfigEntry[]> {
  const question = {
    what: "its configs",
    needs: "DescribeConfigs on Cluster kafka-cluster",
    broker: kafka.nameOf(brokerId),
  };
  const input = { type: BROKER, names: [String(brokerId)], keys, whole: true } as const;
  return only(await askBroker(kafka, brokerId, describeConfigsRequest, input, question, signal), question);
}

/**
 * The values of a group's configs, defaults too (KIP-848: Kafka 4.0).
 * @throws {ProblemError} kafka-forbidden, kafka-refused (older brokers), deadline-exceeded, cluster-unreachable, cancelled
 */
export async function describeGroupConfigValues(
  kafka: ClusterConnections,
  group: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string | null>> {
  const question = { what: `the configs of group ${group}`, needs: `DescribeConfigs on Group ${group}` };
  const input = { type: GROUP, names: [group], keys, whole: false } as const;
  const configs = only(await askAnyBroker(kafka, describeConfigsRequest, input, question, signal), question);
  return new Map(configs.map(({ name, value }) => [name, value]));
}

function topicQuestion(topic: string): Question {
  return { what: `the configs of ${topic}`, needs: `DescribeConfigs on Topic ${topic}` };
}

function only(resources: readonly DescribedResource[], question: Question): readonly ConfigEntry[] {
  const [resource] = resources;
  if (resource === undefined) return [];
  const problem = codeProblem(resource.errorCode, resource.errorMessage, question);
  if (problem) throw problem;
  return resource.configs;
}
