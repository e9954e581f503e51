import type { GroupType } from "#lib/contracts/groups.ts";
import type { Assignment, DescribedGroup } from "../groups/group-reading.ts";
import { askAboutGroups, type GroupRefusal, type ToldGroups } from "./ask-about-groups.ts";
import { defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { groupStateOf } from "./group-words.ts";
import type { WireReader } from "./wire-reader.ts";

/** A group as its coordinator tells of it; who that is, the asker knows. */
export type ToldGroup = Omit<DescribedGroup, "coordinator">;

/**
 * Asks one coordinator about groups of one type.
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export type DescribeGroups = (
  kafka: ClusterConnections,
  coordinator: number,
  groups: readonly string[],
  signal: AbortSignal,
) => Promise<ToldGroups<ToldGroup>>;

/**
 * Each type of group has a request of its own to be described by. What is asked is the same in all, and so is how the answer
 * about a group begins (error, id, state) and ends (the operations that are allowed, which nobody asked for).
 */
export function defineGroupDescription(request: {
  key: number;
  versions: readonly number[];
  since: string;
  type: GroupType;
  /** The oldest version in which the broker says in words why it refuses; unless given, all do. */
  firstWithMessage?: number;
  /** What stands between the group's state and the allowed operations. */
  read: (
    reader: WireReader,
    version: number,
  ) => Pick<ToldGroup, "protocolType" | "assignor" | "members" | "groupEpoch">;
}): DescribeGroups {
  const { key, versions, since, type, firstWithMessage = 0, read } = request;
  const describeRequest = defineRequest<readonly string[], ToldGroups<ToldGroup>>({
    key,
    versions,
    since,
    write: (writer, groups) => {
      writer.strings(groups).boolean(false);
    },
    read: (reader, version) => {
      const told = new Map<string, ToldGroup | GroupRefusal>();
      reader.int32();
      reader.structs((r) => {
        const errorCode = r.int16();
        const errorMessage = version >= firstWithMessage ? r.nullableString() : null;
        const group = r.string();
        const state = groupStateOf(r.string());
        const described: ToldGroup = { group, type, state, ...read(r, version) };
        r.int32();
        told.set(group, errorCode === 0 ? described : { errorCode, errorMessage });
      });
      return told;
    },
  });
  return (kafka, coordinator, groups, signal) =>
    askAboutGroups(kafka, coordinator, describeRequest, groups, "the members of its groups", signal);
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
