import type { ConfigSource } from "#lib/contracts/kafka.ts";
import { askBroker, defineRequest, send } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { configSourceOf } from "./describe-configs.ts";

/** -1 for partitions and replicationFactor: the broker's default (KIP-464), or told by the assignment. */
export interface TopicCreation {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** By partition, from 0: its replicas; empty when the counts say it. */
  readonly assignment: readonly (readonly number[])[];
  readonly configs: Readonly<Record<string, string>>;
  /** The controller only says whether it would. */
  readonly validateOnly: boolean;
}

export interface TopicCreationAnswer {
  readonly errorCode: number;
  /** The controller's own words. */
  readonly errorMessage: string | null;
  /** Null when only validated. */
  readonly topicId: string | null;
  /** Null without DescribeConfigs on the topic. */
  readonly partitions: number | null;
  readonly replicationFactor: number | null;
  readonly configs: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly readOnly: boolean;
    readonly source: ConfigSource;
    readonly sensitive: boolean;
  }[];
}

const CONTROLLER_TIMEOUT_MS = 6_000;
const DEADLINE_MS = 8_000;

const createTopicsRequest = defineRequest<TopicCreation, TopicCreationAnswer | null>({
  key: 19,
  versions: [7],
  since: "Kafka 2.8",
  write: (writer, topic) => {
    writer.structs([topic], ({ name, partitions, replicationFactor, assignment, configs }) => {
      writer.string(name).int32(partitions).int16(replicationFactor);
      writer.structs([...assignment.entries()], ([partition, brokerIds]) => writer.int32(partition).int32s(brokerIds));
      writer.structs(Object.entries(configs), ([key, value]) => writer.string(key).string(value));
    });
    writer.int32(CONTROLLER_TIMEOUT_MS).boolean(topic.validateOnly);
  },
  read: (reader) => {
    reader.int32();
    const topics = reader.structs((r) => {
      r.string();
      return {
        topicId: r.uuid(),
        errorCode: r.int16(),
        errorMessage: r.nullableString(),
        partitions: countOrNull(r.int32()),
        replicationFactor: countOrNull(r.int16()),
        configs: r.structs((c) => ({
          name: c.string(),
          value: c.nullableString(),
          readOnly: c.boolean(),
          source: configSourceOf(c.int8()),
          sensitive: c.boolean(),
        })),
      };
    });
    return topics[0] ?? null;
  },
});

function countOrNull(count: number): number | null {
  return count < 0 ? null : count;
}

/**
 * Asks the controller to create one topic, or whether it would (CreateTopics, KIP-4, KIP-525). A refusal is an answer, not an error:
 * its code and the controller's own words say which field is wrong.
 * @param proxy the broker that metadata names for requests to the controller; null: any
 * @throws {ProblemError} broker-unreachable, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function requestTopicCreation(
  kafka: ClusterConnections,
  proxy: number | null,
  topic: TopicCreation,
  signal: AbortSignal,
): Promise<TopicCreationAnswer | null> {
  const question = { what: `the creation of topic ${topic.name}`, deadlineMs: DEADLINE_MS };
  return proxy === null
    ? // Never asked twice: a creation that is only slow would come back as "exists".
      kafka.askAnyBroker(question, signal, (connection) =>
        send(kafka, connection, createTopicsRequest, topic, question.what),
      )
    : askBroker(kafka, proxy, createTopicsRequest, topic, question, signal);
}
