import type { GroupMember } from "../groups/group-reading.ts";
import { defineGroupDescription, readTopicPartitions } from "./define-group-description.ts";
import { hostOf } from "./group-words.ts";
import type { WireReader } from "./wire-reader.ts";

const FIRST_WITH_MEMBER_TYPE = 1;

/**
 * Groups of the new protocol as their coordinator describes them (ConsumerGroupDescribe, KIP-848).
 * @returns 69 for groups of another type; 29 for all of a group when this user may not describe one of its topics
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export const describeConsumerGroups = defineGroupDescription({
  key: 69,
  versions: [0, 1],
  since: "Kafka 3.7",
  type: "consumer",
  read: (reader, version) => {
    const groupEpoch = reader.int32();
    reader.int32();
    const assignor = reader.string() || null;
    const members = reader.structs((r) => readMember(r, version));
    return { protocolType: null, assignor, members, groupEpoch };
  },
});

function readMember(reader: WireReader, version: number): GroupMember {
  const memberId = reader.string();
  const instanceId = reader.nullableString();
  const rackId = reader.nullableString();
  const memberEpoch = reader.int32();
  const clientId = reader.string();
  const host = hostOf(reader.string());
  const subscribedTopics = reader.strings();
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
