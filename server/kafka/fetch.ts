import { defineRequest } from "./broker-request.ts";

/** What a Fetch asks of one partition. */
export interface FetchPartition {
  readonly partition: number;
  readonly offset: bigint;
  readonly maxBytes: number;
}

export interface FetchInput {
  /** How long the broker may wait for the first byte. */
  readonly maxWaitMs: number;
  readonly maxBytes: number;
  /** True: up to the last stable offset, with the list of aborted transactions. */
  readonly committed: boolean;
  /** KIP-227: 0 without a session. */
  readonly sessionId: number;
  /** -1: no session is wanted, or this one ends; 0: a new one; else the next request of `sessionId`. */
  readonly sessionEpoch: number;
  /** In a session only what changed. A topic may appear more than once: the order is the broker's order of service. */
  readonly topics: readonly { readonly topicId: string; readonly partitions: readonly FetchPartition[] }[];
  /** Partitions that the session holds and that are read no more. */
  readonly forgotten: readonly { readonly topicId: string; readonly partitions: readonly number[] }[];
}

export interface FetchAnswer {
  readonly throttleMs: number;
  /** Of the whole request, such as 70 (no such session). */
  readonly errorCode: number;
  readonly sessionId: number;
  readonly topics: readonly { readonly topicId: string | null; readonly partitions: readonly FetchedRecords[] }[];
}

export interface FetchedRecords {
  readonly partition: number;
  readonly errorCode: number;
  /** -1 while the leader doesn't know it, as right after an election. */
  readonly highWatermark: bigint;
  readonly lastStableOffset: bigint;
  readonly logStartOffset: bigint;
  readonly aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[];
  /** Record batches as stored, the last one perhaps cut off: a view of the response. */
  readonly records: Buffer;
}

const MIN_BYTES = 1;
const CONSUMER = -1;
const NO_EPOCH = -1;
const NO_OFFSET = -1n;
const NO_ABORTED: FetchedRecords["aborted"] = [];

/**
 * Fetch by topic id (KIP-516), of the leader. Nothing tells one request from a consumer group's, but that no group is
 * involved: a reader leaves no trace in the cluster.
 * @see https://kafka.apache.org/protocol#The_Messages_Fetch
 */
export const fetchRequest = defineRequest<FetchInput, FetchAnswer>({
  key: 1,
  versions: [13, 14, 15, 16, 17],
  since: "Kafka 3.1",
  write: (writer, input, version) => {
    if (version < 15) writer.int32(CONSUMER);
    writer.int32(input.maxWaitMs).int32(MIN_BYTES).int32(input.maxBytes);
    writer.int8(input.committed ? 1 : 0);
    writer.int32(input.sessionId).int32(input.sessionEpoch);
    writer.structs(input.topics, ({ topicId, partitions }) => {
      writer.uuid(topicId).structs(partitions, ({ partition, offset, maxBytes }) => {
        // No epoch: a leader that has just been elected again should answer, not refuse.
        writer.int32(partition).int32(NO_EPOCH).int64(offset).int32(NO_EPOCH).int64(NO_OFFSET).int32(maxBytes);
      });
    });
    writer.structs(input.forgotten, ({ topicId, partitions }) => writer.uuid(topicId).int32s(partitions));
    writer.string("");
  },
  read: (reader) => ({
    throttleMs: reader.int32(),
    errorCode: reader.int16(),
    sessionId: reader.int32(),
    topics: reader.structs((topic) => ({
      topicId: topic.uuid(),
      partitions: topic.structs(
        (one): FetchedRecords => ({
          partition: one.int32(),
          errorCode: one.int16(),
          highWatermark: one.int64(),
          lastStableOffset: one.int64(),
          logStartOffset: one.int64(),
          aborted: nonEmpty(one.structs((r) => ({ producerId: r.int64(), firstOffset: r.int64() }))),
          records: afterPreferredReplica(one),
        }),
      ),
    })),
  }),
});

function nonEmpty(aborted: FetchedRecords["aborted"]): FetchedRecords["aborted"] {
  return aborted.length === 0 ? NO_ABORTED : aborted;
}

/** The preferred replica is only told to those who say in which rack they are. */
function afterPreferredReplica(reader: { int32(): number; bytes(): Buffer }): Buffer {
  reader.int32();
  return reader.bytes();
}
