import { defineGroupDescription, readTopicPartitions } from "./define-group-description.ts";
import { hostOf } from "./group-words.ts";

/**
 * Share groups as their coordinator describes them (ShareGroupDescribe, KIP-932). Several members may hold the same partition.
 * @returns as `describeConsumerGroups`
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export const describeShareGroups = defineGroupDescription({
  key: 77,
  versions: [1],
  since: "Kafka 4.1",
  type: "share",
  read: (reader) => {
    const groupEpoch = reader.int32();
    reader.int32();
    const assignor = reader.string() || null;
    const members = reader.structs((r) => ({
      memberId: r.string(),
      rackId: r.nullableString(),
      memberEpoch: r.int32(),
      clientId: r.string(),
      host: hostOf(r.string()),
      subscribedTopics: r.strings(),
      assigned: readTopicPartitions(r),
      instanceId: null,
      subscribedPattern: null,
      target: null,
    }));
    return { protocolType: null, assignor, members, groupEpoch };
  },
});
