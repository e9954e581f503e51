import type { GroupsReading } from "../groups/group-reading.ts";
import { HISTORY_BUDGET_BYTES } from "../groups/observer/group-histories.ts";
import { GroupObserver } from "../groups/observer/group-observer.ts";
import { readGroups } from "../groups/read-groups.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { type DescribedCluster, describeCluster } from "../kafka/describe-cluster.ts";
import { describeQuorum, type Quorum } from "../kafka/describe-quorum.ts";
import { type ListedOffsets, listOffsets } from "../kafka/list-offsets.ts";
import { type FinalizedFeatures, readFeatures } from "../kafka/read-features.ts";
import { type Metadata, readMetadata } from "../kafka/read-metadata.ts";
import { SegmentMemory } from "../segments/segment-memory.ts";
import { FirstSeen } from "./first-seen.ts";
import { LeadershipMemory } from "./leadership-memory.ts";
import { RateSampler } from "./rate-sampler.ts";
import { type ClusterLogDirs, readLogDirs } from "./read-log-dirs.ts";
import { readTopicConfigs, type TopicConfigs } from "./read-topic-configs.ts";
import { SharedRead } from "./shared-read.ts";

const SIZES_MAX_AGE_MS = 10_000;
const CONFIGS_MAX_AGE_MS = 30_000;
const FEATURES_MAX_AGE_MS = 60_000;
/** Readings that need the metadata first may take one that somebody else has just read. */
const RECENT_METADATA_MS = 1_000;

export interface TopicOffsets {
  readonly metadata: Metadata;
  readonly earliest: ListedOffsets;
  readonly latest: ListedOffsets;
}

/**
 * What this server remembers of one cluster between requests, one for each cluster in the runtime. All of it is bounded and can
 * be read again: readings that viewers share, the rates of the last minutes, since when a problem has been there.
 */
export class ClusterState {
  /** All topics this user may describe. Asked of Kafka each time. */
  readonly metadata: SharedRead<Metadata>;
  /** The same with the offsets of all partitions. Asked of Kafka each time. */
  readonly topicOffsets: SharedRead<TopicOffsets>;
  /** All groups with their members, commits and the ends of what they read. Asked of Kafka each time. */
  readonly groups: SharedRead<GroupsReading>;
  /** At most 10 s old. */
  readonly logDirs: SharedRead<ClusterLogDirs>;
  /** At most 30 s old. */
  readonly topicConfigs: SharedRead<TopicConfigs>;
  readonly quorum: SharedRead<Quorum | null>;
  readonly registered: SharedRead<DescribedCluster>;
  readonly features: SharedRead<FinalizedFeatures>;
  readonly sampler: RateSampler;
  /** What became of the groups over the last hour. Idle until the server starts it. */
  readonly groupObserver: GroupObserver;
  readonly leadership = new LeadershipMemory();
  readonly problemsSeen = new FirstSeen();
  readonly segments = new SegmentMemory();
  #lastChange: Promise<void> = Promise.resolve();

  /** @param historyBytes how much the observer of groups may hold */
  constructor(kafka: ClusterConnections, historyBytes = HISTORY_BUDGET_BYTES) {
    this.metadata = new SharedRead(async (signal) => {
      const metadata = await readMetadata(kafka, null, signal);
      this.leadership.note(metadata, Date.now());
      return metadata;
    }, 0);
    this.topicOffsets = new SharedRead(async (signal) => {
      const { value: metadata } = await this.metadata.get(signal);
      const [earliest, latest] = await listOffsets(kafka, metadata.topics, ["earliest", "latest"], signal);
      return { metadata, earliest, latest };
    }, 0);
    const metadata = (signal: AbortSignal, maxAgeMs: number) => this.metadata.get(signal, maxAgeMs);
    this.groups = new SharedRead(
      (signal) => readGroups(kafka, metadata, () => this.groups.last?.value ?? null, signal),
      0,
    );
    this.groupObserver = new GroupObserver((signal, maxAgeMs) => this.groups.get(signal, maxAgeMs), historyBytes);
    this.logDirs = new SharedRead(async (signal) => {
      const read = await readLogDirs(kafka, signal);
      for (const [brokerId, { logDirs }] of read.byBroker) this.segments.logDirs.note(brokerId, logDirs);
      return read;
    }, SIZES_MAX_AGE_MS);
    this.topicConfigs = new SharedRead(async (signal) => {
      const { value } = await this.metadata.get(signal, RECENT_METADATA_MS);
      const brokerIds = value.brokers.map(({ id }) => id);
      return readTopicConfigs(
        kafka,
        brokerIds,
        value.topics.map(({ name }) => name),
        signal,
      );
    }, CONFIGS_MAX_AGE_MS);
    this.quorum = new SharedRead((signal) => describeQuorum(kafka, signal), 0);
    this.registered = new SharedRead((signal) => describeCluster(kafka, signal), 0);
    this.features = new SharedRead((signal) => readFeatures(kafka, signal), FEATURES_MAX_AGE_MS);
    this.sampler = new RateSampler(async (signal) => {
      const { value } = await this.metadata.get(signal, RECENT_METADATA_MS);
      const [{ offsets }] = await listOffsets(kafka, value.topics, ["latest"], signal);
      return {
        topics: value.topics.map(({ name, topicId }) => ({ name, topicId, highWatermarks: offsets.get(name) ?? [] })),
      };
    });
  }

  /** One change after another: each sees what the one before left. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#lastChange.then(change);
    this.#lastChange = mine.then(
      () => {},
      () => {},
    );
    return mine;
  }

  /** After a change: whoever asks next is shown the world after it. */
  forget(): void {
    for (const read of [this.metadata, this.topicOffsets, this.groups, this.logDirs, this.topicConfigs]) read.forget();
  }

  close(): void {
    this.sampler.close();
    this.groupObserver.close();
  }
}
