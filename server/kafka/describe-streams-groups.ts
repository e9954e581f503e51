import type { Assignment, GroupMember } from "../groups/group-reading.ts";
import { defineGroupDescription } from "./define-group-description.ts";
import { hostOf } from "./group-words.ts";
import type { WireReader } from "./wire-reader.ts";

/** The topics that each subtopology reads: its sources, and what others of the application write for it. */
type Sources = ReadonlyMap<string, readonly string[]>;

/**
 * Streams groups as their coordinator describes them (StreamsGroupDescribe, KIP-1071): the tasks of each member as the partitions
 * they read. Of a topic with fewer partitions than others of its subtopology, some may not exist.
 * @returns as `describeConsumerGroups`
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export const describeStreamsGroups = defineGroupDescription({
  key: 89,
  versions: [0],
  since: "Kafka 4.1",
  type: "streams",
  read: (reader) => {
    const groupEpoch = reader.int32();
    reader.int32();
    const sources = isThere(reader) ? readTopology(reader) : new Map<string, readonly string[]>();
    const members = reader.structs((r) => readMember(r, sources));
    return { protocolType: null, assignor: null, members, groupEpoch };
  },
});

/** Before a struct that may be null. */
function isThere(reader: WireReader): boolean {
  return reader.int8() >= 0;
}

function readTopology(reader: WireReader): Sources {
  const sources = new Map<string, readonly string[]>();
  reader.int32();
  reader.structs((r) => {
    const subtopology = r.string();
    const read = r.strings();
    r.strings();
    readTopicInfos(r);
    sources.set(subtopology, [...read, ...readTopicInfos(r)]);
  });
  reader.skipTags();
  return sources;
}

function readTopicInfos(reader: WireReader): string[] {
  return reader.structs((r) => {
    const name = r.string();
    r.int32();
    r.int16();
    skipPairs(r);
    return name;
  });
}

function skipPairs(reader: WireReader): void {
  reader.structs((r) => {
    r.string();
    r.string();
  });
}

function readMember(reader: WireReader, sources: Sources): GroupMember {
  const memberId = reader.string();
  const memberEpoch = reader.int32();
  const instanceId = reader.nullableString();
  const rackId = reader.nullableString();
  const clientId = reader.string();
  const host = hostOf(reader.string());
  reader.int32();
  reader.string();
  if (isThere(reader)) {
    reader.string();
    reader.uint16();
    reader.skipTags();
  }
  skipPairs(reader);
  skipTaskOffsets(reader);
  skipTaskOffsets(reader);
  const assigned = readActiveTasks(reader, sources);
  const target = readActiveTasks(reader, sources);
  reader.boolean();
  return {
    memberId,
    instanceId,
    clientId,
    host,
    rackId,
    subscribedTopics: [...new Set([...sources.values()].flat())],
    subscribedPattern: null,
    assigned,
    target,
    memberEpoch,
  };
}

function skipTaskOffsets(reader: WireReader): void {
  reader.structs((r) => {
    r.string();
    r.int32();
    r.int64();
  });
}

/**
 * A task reads the partition of its own number of each topic of its subtopology. Standby and warm-up tasks only keep copies of
 * its state, and read nothing of the group's.
 */
function readActiveTasks(reader: WireReader, sources: Sources): Assignment {
  const assigned = new Map<string, readonly number[]>();
  reader.structs((r) => {
    const topics = sources.get(r.string()) ?? [];
    const partitions = [...r.int32s()].sort((a, b) => a - b);
    for (const topic of topics) assigned.set(topic, partitions);
  });
  for (const _standbyThenWarmup of [0, 1]) {
    reader.structs((r) => {
      r.string();
      r.int32s();
    });
  }
  reader.skipTags();
  return assigned;
}
