import { partitionsOfGroup, topicsOfGroup } from "./group-partitions.ts";
import type { CommittedOffset, GroupReading, TopicEnds } from "./group-reading.ts";

/** One partition that a group reads. */
export interface PartitionLag {
  /** Null: no commit, unless `read` is false: then it is not known. */
  readonly commit: CommittedOffset | null;
  /** False where Kafka didn't tell whether there is a commit. */
  readonly read: boolean;
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
  readonly lastStableOffset: bigint | null;
  /** High watermark − committed offset; without a commit all that the partition holds. Null: unknown. Never below 0. */
  readonly lag: bigint | null;
  /** The same to the last stable offset. */
  readonly stableLag: bigint | null;
  /** What retention deleted before it was read: log start − committed offset where that is above 0; null: nothing, or unknown. */
  readonly lost: bigint | null;
}

/** Where a group would read on: its commit, or the log start where that is further, or nothing was committed. Null: unknown. */
export function nextOffset({ commit, read, logStartOffset }: PartitionLag): bigint | null {
  if (!read) return null;
  if (commit === null) return logStartOffset;
  return logStartOffset !== null && logStartOffset > commit.offset ? logStartOffset : commit.offset;
}

/**
 * How far a group is behind in one partition, as `kafka-consumer-groups.sh` counts it, which prints "-" where there is no commit.
 * @param ends null: the topic is gone, or this user may not see it; then Kafka also keeps silent about commits to it
 */
export function partitionLag(
  { committed }: Pick<GroupReading, "committed">,
  topic: string,
  partition: number,
  ends: TopicEnds | null,
): PartitionLag {
  const commit = committed?.get(topic)?.get(partition) ?? null;
  const read = committed !== null && (commit !== null || ends !== null);
  const logStartOffset = ends?.logStartOffsets[partition] ?? null;
  const highWatermark = ends?.highWatermarks[partition] ?? null;
  const lastStableOffset = ends?.lastStableOffsets[partition] ?? null;
  const from = read ? (commit?.offset ?? logStartOffset) : null;
  return {
    commit,
    read,
    logStartOffset,
    highWatermark,
    lastStableOffset,
    lag: distance(from, highWatermark),
    stableLag: distance(from, lastStableOffset),
    lost:
      commit !== null && logStartOffset !== null && logStartOffset > commit.offset
        ? logStartOffset - commit.offset
        : null,
  };
}

/** What a reader may be ahead of is no lag: ends are read a moment apart, and a log can be cut off. */
function distance(from: bigint | null, to: bigint | null): bigint | null {
  if (from === null || to === null) return null;
  return to > from ? to - from : 0n;
}

export interface GroupLag {
  /** Σ of what is known; null when nothing is, when it has neither commits nor an assignment, or its positions aren't offsets. */
  readonly lag: bigint | null;
  readonly partitionCount: number;
  /** Of them, those whose lag isn't known. */
  readonly lagUnread: number;
  /** Of them, those that were never committed. */
  readonly uncommitted: number;
}

/** @param visit called for each partition, by topic in order of name, then by number */
export function groupLag(
  reading: GroupReading,
  ends: ReadonlyMap<string, TopicEnds>,
  visit?: (topic: string, partition: number, lag: PartitionLag) => void,
): GroupLag {
  let lag = 0n;
  let partitionCount = 0;
  let lagUnread = 0;
  let uncommitted = 0;
  for (const topic of [...topicsOfGroup(reading)].sort()) {
    const topicEnds = ends.get(topic) ?? null;
    for (const partition of partitionsOfGroup(reading, topic, topicEnds)) {
      const one = partitionLag(reading, topic, partition, topicEnds);
      partitionCount++;
      if (one.lag === null) lagUnread++;
      else lag += one.lag;
      if (one.read && one.commit === null) uncommitted++;
      visit?.(topic, partition, one);
    }
  }
  // Who neither committed nor holds anything is not known to have caught up: where it reads, if it does, Kafka isn't told.
  const unknown = reading.type === "share" || reading.committed === null || lagUnread === partitionCount;
  return { lag: unknown ? null : lag, partitionCount, lagUnread, uncommitted };
}
