import type { Assignment, DescribedGroup, GroupMember } from "../groups/group-reading.ts";
import { askAboutGroups, type GroupRefusal, type ToldGroups } from "./ask-about-groups.ts";
import { defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { readStrings } from "./describe-consumer-groups.ts";
import { groupStateOf, hostOf } from "./group-words.ts";
import type { WireReader } from "./wire-reader.ts";

type Told = Omit<DescribedGroup, "coordinator">;
/** The topics that each subtopology reads: its sources, and what others of the application write for it. */
type Sources = ReadonlyMap<string, readonly string[]>;

const streamsGroupDescribeRequest = defineRequest<readonly string[], ToldGroups<Told>>({
  key: 89,
  versions: [0],
  since: "Kafka 4.1",
  write: (writer, groups) => {
    writer.strings(groups).boolean(false);
  },
  read: (reader) => {
    const told = new Map<string, Told | GroupRefusal>();
    reader.int32();
    reader.structs((r) => {
      const errorCode = r.int16();
      const errorMessage = r.nullableString();
      const group = r.string();
      const state = groupStateOf(r.string());
      const groupEpoch = r.int32();
      r.int32();
      const sources = isThere(r) ? readTopology(r) : new Map<string, readonly string[]>();
      const members = r.structs((m) => readMember(m, sources));
      r.int32();
      const described: Told = {
        group,
        type: "streams",
        state,
        protocolType: null,
        assignor: null,
        members,
        groupEpoch,
      };
      told.set(group, errorCode === 0 ? described : { errorCode, errorMessage });
    });
    return told;
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
    const read = readStrings(r);
    readStrings(r);
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

/**
 * Streams groups as their coordinator describes them (StreamsGroupDescribe, KIP-1071): the tasks of each member as the partitions
 * they read. Of a topic with fewer partitions than others of its subtopology, some may not exist.
 * @returns as `describeConsumerGroups`
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export function describeStreamsGroups(
  kafka: ClusterConnections,
  coordinator: number,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<ToldGroups<Told>> {
  return askAboutGroups(kafka, coordinator, streamsGroupDescribeRequest, groups, "the members of its groups", signal);
}
