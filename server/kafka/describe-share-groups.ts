import type { DescribedGroup } from "../groups/group-reading.ts";
import { askAboutGroups, type GroupRefusal, type ToldGroups } from "./ask-about-groups.ts";
import { defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { readStrings, readTopicPartitions } from "./describe-consumer-groups.ts";
import { groupStateOf, hostOf } from "./group-words.ts";

type Told = Omit<DescribedGroup, "coordinator">;

const shareGroupDescribeRequest = defineRequest<readonly string[], ToldGroups<Told>>({
  key: 77,
  versions: [1],
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
      const assignor = r.string() || null;
      const members = r.structs((m) => ({
        memberId: m.string(),
        rackId: m.nullableString(),
        memberEpoch: m.int32(),
        clientId: m.string(),
        host: hostOf(m.string()),
        subscribedTopics: readStrings(m),
        assigned: readTopicPartitions(m),
        instanceId: null,
        subscribedPattern: null,
        target: null,
      }));
      r.int32();
      const described: Told = { group, type: "share", state, protocolType: null, assignor, members, groupEpoch };
      told.set(group, errorCode === 0 ? described : { errorCode, errorMessage });
    });
    return told;
  },
});

/**
 * Share groups as their coordinator describes them (ShareGroupDescribe, KIP-932). Several members may hold the same partition.
 * @returns as `describeConsumerGroups`
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export function describeShareGroups(
  kafka: ClusterConnections,
  coordinator: number,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<ToldGroups<Told>> {
  return askAboutGroups(kafka, coordinator, shareGroupDescribeRequest, groups, "the members of its groups", signal);
}
