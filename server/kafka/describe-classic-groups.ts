import type { GroupMember } from "../groups/group-reading.ts";
import { readAssignment, readSubscription } from "./consumer-protocol.ts";
import { defineGroupDescription } from "./define-group-description.ts";
import { hostOf } from "./group-words.ts";
import type { WireReader } from "./wire-reader.ts";

/** Of members whose metadata and assignment we can read. */
const CONSUMER = "consumer";
const NONE: ReadonlyMap<string, readonly number[]> = new Map();

/**
 * Classic groups as their coordinator describes them (DescribeGroups, KIP-394, KIP-1043). A group that isn't there, or is of
 * another type, is "dead" to brokers before 4.0, and refused with 69 by newer ones. While a group rebalances, its members
 * tell no subscription; the assignment they had before they tell or not, as the broker likes.
 * @throws {ProblemError} broker-unreachable, deadline-exceeded, cancelled
 */
export const describeClassicGroups = defineGroupDescription({
  key: 15,
  versions: [5, 6],
  since: "Kafka 2.4",
  type: "classic",
  firstWithMessage: 6,
  read: (reader) => {
    const protocolType = reader.string();
    const assignor = reader.string() || null;
    const members = reader.structs((r) => readMember(r, protocolType));
    return { protocolType, assignor, members, groupEpoch: null };
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
