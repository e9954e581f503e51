import type { GroupState, GroupType } from "#lib/contracts/groups.ts";
import { askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { groupStateOf, groupTypeOf } from "./group-words.ts";

export interface ListedGroup {
  readonly group: string;
  /** "consumer", "connect"; empty for groups that only commit, "share" and "streams" for those types. */
  readonly protocolType: string;
  readonly state: GroupState;
  /** Brokers before 3.8 don't tell it; all their groups speak the classic protocol. */
  readonly type: GroupType;
}

export interface ListedGroups {
  /** 14: it is still loading some of its groups; 15: it is starting or stopping. What it listed stands. */
  readonly errorCode: number;
  readonly groups: readonly ListedGroup[];
}

const DEADLINE_MS = 3_000;
const TELLS_TYPES = 5;

const listGroupsRequest = defineRequest<null, ListedGroups>({
  key: 16,
  versions: [4, 5],
  since: "Kafka 2.6",
  write: (writer, _, version) => {
    // Neither states nor types are left out.
    writer.arrayLength(0);
    if (version >= TELLS_TYPES) writer.arrayLength(0);
  },
  read: (reader, version) => {
    reader.int32();
    const errorCode = reader.int16();
    const groups = reader.structs((r) => ({
      group: r.string(),
      protocolType: r.string(),
      state: groupStateOf(r.string()),
      type: version >= TELLS_TYPES ? groupTypeOf(r.string()) : ("classic" as const),
    }));
    return { errorCode, groups };
  },
});

/**
 * The groups that one broker coordinates, as far as this user may describe them: Kafka leaves out the others without a word
 * (ListGroups, KIP-518, KIP-848).
 * @throws {ProblemError} broker-unreachable, deadline-exceeded, not-supported-by-broker, cancelled
 */
export function listGroupsOf(kafka: ClusterConnections, brokerId: number, signal: AbortSignal): Promise<ListedGroups> {
  const question = { what: "its groups", needs: "Describe on the groups", deadlineMs: DEADLINE_MS };
  return askBroker(kafka, brokerId, listGroupsRequest, null, question, signal);
}
