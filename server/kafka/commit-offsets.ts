import { askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

/** What a group's commit of one partition is to be. */
export interface OffsetToCommit {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Of the message before it (KIP-320); null: none is stored. */
  readonly leaderEpoch: number | null;
  readonly metadata: string;
}

export interface PartitionAnswer {
  readonly topic: string;
  readonly partition: number;
  /** Kafka's; 0: done. */
  readonly errorCode: number;
}

interface CommitInput {
  readonly group: string;
  readonly offsets: readonly OffsetToCommit[];
}

const NO_GENERATION = -1;
const NO_EPOCH = -1;
/** The coordinator answers when the offsets topic's replicas in sync have them; it gives up after `offsets.commit.timeout.ms`, 5 s. */
const DEADLINE_MS = 6_000;

const offsetCommitRequest = defineRequest<CommitInput, readonly PartitionAnswer[]>({
  key: 8,
  versions: [8, 9],
  since: "Kafka 2.4",
  write: (writer, { group, offsets }) => {
    // As nobody: a coordinator takes that from a group without members only, of any type it keeps offsets for.
    writer.string(group).int32(NO_GENERATION).string("").string(null);
    writer.structs(
      Map.groupBy(offsets, ({ topic }) => topic),
      ([topic, partitions]) => {
        writer.string(topic).structs(partitions, ({ partition, offset, leaderEpoch, metadata }) => {
          writer
            .int32(partition)
            .int64(offset)
            .int32(leaderEpoch ?? NO_EPOCH)
            .string(metadata);
        });
      },
    );
  },
  read: (reader) => {
    reader.int32();
    return reader
      .structs((t) => {
        const topic = t.string();
        return t.structs((p) => ({ topic, partition: p.int32(), errorCode: p.int16() }));
      })
      .flat();
  },
});

/**
 * Commits offsets for a group that has no members, in one request to its coordinator, once (OffsetCommit). A group that isn't there is
 * made by it (classic, empty). Offsets are taken as they are, even beyond a partition's end: check them before. A refusal is an answer.
 * @throws {ProblemError} broker-unreachable, deadline-exceeded (both: it may be stored all the same), not-supported-by-broker, cancelled
 */
export function commitOffsets(
  kafka: ClusterConnections,
  coordinator: number,
  group: string,
  offsets: readonly OffsetToCommit[],
  signal: AbortSignal,
): Promise<readonly PartitionAnswer[]> {
  const question = { what: `a commit for group ${group}`, needs: `Read on Group ${group}`, deadlineMs: DEADLINE_MS };
  return askBroker(kafka, coordinator, offsetCommitRequest, { group, offsets }, { ...question, lane: "bulk" }, signal);
}
