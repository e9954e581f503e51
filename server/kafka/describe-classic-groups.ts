import type { DescribedGroup, GroupMember } from "../groups/group-reading.ts";
import { askAboutGroups, type GroupRefusal, type ToldGroups } from "./ask-about-groups.ts";
import { defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { readAssignment, readSubscription } from "./consumer-protocol.ts";
import { groupStateOf, hostOf } from "./group-words.ts";
import type { WireReader } from "./wire-reader.ts";

type Told = Omit<DescribedGroup, "coordinator">;

/** Of members whose metadata and assignment we can read. */
const CONSUMER = "consumer";
const FIRST_WITH_MESSAGE = 6;
const NONE: ReadonlyMap<string, readonly number[]> = new Map();

const describeGroupsRequest = defineRequest<readonly string[], ToldGroups<Told>>({
  key: 15,
  versions: [5, 6],
  since: "Kafka 2.4",
  write: (writer, groups) => {
    writer.strings(groups).boolean(false);
  },
  read: (reader, version) => {
    const told = new Map<string, Told | GroupRefusal>();
    reader.int32();
    reader.structs((r) => {
      const errorCode = r.int16();
      const errorMessage = version >= FIRST_WITH_MESSAGE ? r.nullableString() : null;
      const group = r.string();
      const state = groupStateOf(r.string());
      const protocolType = r.string();
      const assignor = r.string() || null;
      const members = r.structs((m) => readMember(m, protocolType));
      r.int32();
      const described: Told = { group, type: "classic", state, protocolType, assignor, members, groupEpoch: null };
      told.set(group, errorCode === 0 ? described : { errorCode, errorMessage });
    });
    return told;
  },
});

function readMember(reader: WireReader, protocolType: string): GroupMember {
  const memberId = reader.string();
  const instanceId = reader.nullableString();
  const clientId = reader.string();
  const host = hostOf(reader.string());
  const metadata = reader.bytes();
  const assignment = reader.bytes();
  const consumes = protocolType === CONSUMER;
  const wanted = consumes ? readSubscription(metadata) : null;
  return {
    memberId,
    instanceId,
    clientId,
    host,
    rackId: wanted?.rackId ?? null,
    subscribedTopics: wanted?.topics ?? [],
    subscribedPattern: null,
    assigned: (consumes ? readAssignment(assignment) : null) ?? NONE,
    target: null,
    memberEpoch: null,
  };
}

/**
 * Classic groups as their coordinator describes them (DescribeGroups, KIP-394, KIP-1043). A group that isn't there, or is of
 * another type, is "dead" to brokers before 4.0, and refused with 69 by newer ones. While a group rebalances, its members
 * tell no subscription; the assignment they had before they tell or not, as the broker likes.
 * @throws {ProblemError} broker-unreachable, deadline-exceeded, cancelled
 */
export function describeClassicGroups(
  kafka: ClusterConnections,
  coordinator: number,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<ToldGroups<Told>> {
  return askAboutGroups(kafka, coordinator, describeGroupsRequest, groups, "the members of its groups", signal);
}
