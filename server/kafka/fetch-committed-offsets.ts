import type { CommittedOffset } from "../groups/group-reading.ts";
import { askAboutGroups, type GroupRefusal, type ToldGroups } from "./ask-about-groups.ts";
import { defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

/** By topic, by partition; a partition that isn't in it has no commit. */
export type CommittedOffsets = ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>>;

const FIRST_WITH_MEMBER = 9;
const NO_EPOCH = -1;

const offsetFetchRequest = defineRequest<readonly string[], ToldGroups<CommittedOffsets>>({
  key: 9,
  versions: [8, 9],
  since: "Kafka 3.0",
  write: (writer, groups, version) => {
    writer.structs(groups, (group) => {
      writer.string(group);
      // As nobody: only a member has an epoch to be checked.
      if (version >= FIRST_WITH_MEMBER) writer.string(null).int32(NO_EPOCH);
      // All topics.
      writer.structs(null, () => {});
    });
    // Commits of transactions that are still open are not waited for; the stored ones are told.
    writer.boolean(false);
  },
  read: (reader) => {
    const told = new Map<string, CommittedOffsets | GroupRefusal>();
    // The same few names come with every group.
    const names = new Map<string, string>();
    reader.int32();
    reader.structs((r) => {
      const group = r.string();
      const committed = new Map<string, ReadonlyMap<number, CommittedOffset>>();
      for (let topics = r.arrayLength(); topics > 0; topics--) {
        const read = r.string();
        const name = names.get(read) ?? read;
        if (name === read) names.set(read, read);
        const partitions = new Map<number, CommittedOffset>();
        for (let left = r.arrayLength(); left > 0; left--) {
          const partition = r.int32();
          const offset = r.int64();
          const epoch = r.int32();
          const metadata = r.string();
          const errorCode = r.int16();
          r.skipTags();
          if (errorCode !== 0 || offset < 0n) continue;
          partitions.set(partition, { offset, leaderEpoch: epoch < 0 ? null : epoch, metadata });
        }
        r.skipTags();
        if (partitions.size > 0) committed.set(name, partitions);
      }
      const errorCode = r.int16();
      told.set(group, errorCode === 0 ? committed : { errorCode, errorMessage: null });
    });
    return told;
  },
});

/**
 * All that groups have committed, many groups in one request (OffsetFetch, KIP-709). Topics that this user may not describe are
 * left out by Kafka without a word. A group that isn't there has no commits, which is no error.
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export function fetchCommittedOffsets(
  kafka: ClusterConnections,
  coordinator: number,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<ToldGroups<CommittedOffsets>> {
  return askAboutGroups(kafka, coordinator, offsetFetchRequest, groups, "the committed offsets", signal);
}
