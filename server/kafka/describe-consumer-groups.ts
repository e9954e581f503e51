import type { Assignment, DescribedGroup, GroupMember } from "../groups/group-reading.ts";
import { askAboutGroups, type GroupRefusal, type ToldGroups } from "./ask-about-groups.ts";
import { defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { groupStateOf, hostOf } from "./group-words.ts";
import type { WireReader } from "./wire-reader.ts";

type Told = Omit<DescribedGroup, "coordinator">;

const FIRST_WITH_MEMBER_TYPE = 1;

const consumerGroupDescribeRequest = defineRequest<readonly string[], ToldGroups<Told>>({
  key: 69,
  versions: [0, 1],
  since: "Kafka 3.7",
  write: (writer, groups) => {
    writer.strings(groups).boolean(false);
  },
  read: (reader, version) => {
    const told = new Map<string, Told | GroupRefusal>();
    reader.int32();
    reader.structs((r) => {
      const errorCode = r.int16();
      const errorMessage = r.nullableString();
      const group = r.string();
      const state = groupStateOf(r.string());
      const groupEpoch = r.int32();
      r.int32();
      const assignor = r.string() || null;
      const members = r.structs((m) => readMember(m, version));
      r.int32();
      const described: Told = { group, type: "consumer", state, protocolType: null, assignor, members, groupEpoch };
      told.set(group, errorCode === 0 ? described : { errorCode, errorMessage });
    });
    return told;
  },
});

function readMember(reader: WireReader, version: number): GroupMember {
  const memberId = reader.string();
  const instanceId = reader.nullableString();
  const rackId = reader.nullableString();
  const memberEpoch = reader.int32();
  const clientId = reader.string();
  const host = hostOf(reader.string());
  const subscribedTopics = readStrings(reader);
  const subscribedPattern = reader.nullableString();
  const assigned = readTopicPartitions(reader);
  const target = readTopicPartitions(reader);
  // -1 unknown, 0 speaks the classic protocol, 1 the new one: shown nowhere.
  if (version >= FIRST_WITH_MEMBER_TYPE) reader.int8();
  return {
    memberId,
    instanceId,
    clientId,
    host,
    rackId,
    subscribedTopics,
    subscribedPattern: subscribedPattern || null,
    assigned,
    target,
    memberEpoch,
  };
}

export function readStrings(reader: WireReader): string[] {
  const texts: string[] = [];
  for (let left = reader.arrayLength(); left > 0; left--) texts.push(reader.string());
  return texts;
}

/** The struct `Assignment` of ConsumerGroupDescribe and ShareGroupDescribe. */
export function readTopicPartitions(reader: WireReader): Assignment {
  const assigned = new Map<string, readonly number[]>();
  reader.structs((r) => {
    r.uuid();
    const topic = r.string();
    assigned.set(
      topic,
      [...r.int32s()].sort((a, b) => a - b),
    );
  });
  reader.skipTags();
  return assigned;
}

/**
 * Groups of the new protocol as their coordinator describes them (ConsumerGroupDescribe, KIP-848).
 * @returns 69 for groups of another type; 29 for all of a group when this user may not describe one of its topics
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export function describeConsumerGroups(
  kafka: ClusterConnections,
  coordinator: number,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<ToldGroups<Told>> {
  return askAboutGroups(kafka, coordinator, consumerGroupDescribeRequest, groups, "the members of its groups", signal);
}
