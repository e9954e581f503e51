import { sizeOfTopic } from "#components/topics/topic-size.ts";
import { readIsrDigits } from "#components/ui/isr-ticks.ts";
import { ofTopic } from "#lib/contracts/by-topic.ts";
import type { EndpointOutput } from "#lib/contracts/endpoint.ts";
import type { listTopicConfigs, listTopicRates, listTopicSizes, TopicSummary } from "#lib/contracts/topics.ts";

/** Undefined: not read yet. Null: unknown. */
type Later<T> = T | null | undefined;

export interface TopicRow {
  readonly name: string;
  readonly internal: boolean;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  readonly offline: number;
  /** Partitions with a leader that refuse acks=all; null while min.insync.replicas isn't known. */
  readonly underMinIsr: number | null;
  readonly underReplicated: number;
  /** By partition; undefined when every replica is in sync. */
  readonly inSync: readonly number[] | undefined;
  readonly minInSync: number | null;
  readonly messages: bigint | null;
  /** The count passes over what compaction removed. */
  readonly messagesAreUpperBound: boolean;
  readonly sizeBytes: Later<bigint>;
  /** Replicas on brokers that did not answer are not in it. */
  readonly sizeIsLowerBound: boolean;
  /** Messages a second over the last step. */
  readonly rate: Later<number>;
  readonly rates: Later<readonly (number | null)[]>;
  readonly cleanupPolicy: Later<string>;
  readonly retentionMs: Later<bigint>;
  readonly retentionBytes: Later<bigint>;
}

/** What was read so far; an answer that failed before it ever came is null. */
export interface TopicSources {
  readonly topics: readonly TopicSummary[];
  readonly sizes: EndpointOutput<typeof listTopicSizes> | null | undefined;
  readonly configs: EndpointOutput<typeof listTopicConfigs> | null | undefined;
  readonly rates: EndpointOutput<typeof listTopicRates> | null | undefined;
}

/** Joins the list with what arrives after it. */
export function topicRows({ topics, sizes, configs, rates }: TopicSources): TopicRow[] {
  // One for all: of 10,000 topics most write nothing.
  const stillness = rates?.atMs.map(() => 0) ?? [];
  return topics.map((topic) => {
    const config = configs === null || configs === undefined ? configs : configOf(topic.name, configs);
    const size = sizes === null || sizes === undefined ? sizes : sizeOfTopic(sizes, topic.name);
    const minInSync = config?.minInsyncReplicas ?? null;
    const inSync = readIsrDigits(topic.isrByPartition);
    const series = seriesOf(topic.name, rates, stillness);
    return {
      name: topic.name,
      internal: topic.internal,
      partitionCount: topic.partitionCount,
      replicationFactor: topic.replicationFactor,
      offline: topic.offline,
      underMinIsr: countUnderMin(inSync, minInSync, topic.replicationFactor),
      underReplicated: topic.underReplicated,
      inSync,
      minInSync,
      messages: topic.messages === null ? null : BigInt(topic.messages),
      messagesAreUpperBound: config?.cleanupPolicy.includes("compact") ?? false,
      sizeBytes: size === undefined || size === null ? size : size.bytes,
      sizeIsLowerBound: size?.isLowerBound ?? false,
      rate: series === undefined || series === null ? series : (series.at(-1) ?? null),
      rates: series,
      cleanupPolicy: config === undefined || config === null ? config : config.cleanupPolicy,
      retentionMs: config === undefined || config === null ? config : BigInt(config.retentionMs),
      retentionBytes: config === undefined || config === null ? config : BigInt(config.retentionBytes),
    };
  });
}

/** Only what differs from the common values is named; null when this topic's configs could not be read. */
function configOf(name: string, { common, topics }: NonNullable<TopicSources["configs"]>) {
  const own = ofTopic(topics, name);
  if (common === null || own === null) return null;
  return {
    cleanupPolicy: own?.cleanupPolicy ?? common.cleanupPolicy,
    retentionMs: own?.retentionMs ?? common.retentionMs,
    retentionBytes: own?.retentionBytes ?? common.retentionBytes,
    minInsyncReplicas: own?.minInsyncReplicas ?? common.minInsyncReplicas,
  };
}

/** Undefined before there are two samples; a topic that isn't named wrote nothing in all steps. */
function seriesOf(
  name: string,
  rates: TopicSources["rates"],
  stillness: readonly number[],
): Later<readonly (number | null)[]> {
  if (rates === null || rates === undefined) return rates;
  if (rates.atMs.length === 0) return undefined;
  return ofTopic(rates.rates, name) ?? stillness;
}

/** A leader can't ask for more replicas than there are. */
function countUnderMin(
  inSync: readonly number[] | undefined,
  minInSync: number | null,
  replicas: number,
): number | null {
  if (inSync === undefined) return 0;
  if (minInSync === null) return null;
  const needed = Math.min(minInSync, replicas);
  return inSync.filter((count) => count > 0 && count < needed).length;
}
