import { askAnyBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import { codeProblem } from "./kafka-problem.ts";

interface QuorumReplica {
  readonly id: number;
  readonly logEndOffset: bigint | null;
  /**
   * By the quorum leader's clock, whose own is its time of answering; null for one that never fetched, or before Kafka 3.3.
   */
  readonly lastFetchMs: number | null;
}

export interface Quorum {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: bigint;
  readonly voters: readonly QuorumReplica[];
}

interface QuorumAnswer {
  readonly errorCode: number;
  readonly quorum: Quorum | null;
}

const METADATA_LOG = "__cluster_metadata";

const describeQuorumRequest = defineRequest<null, QuorumAnswer>({
  key: 55,
  versions: [0, 1, 2],
  since: "Kafka 3.3 in KRaft mode",
  write: (writer) => {
    writer.structs([METADATA_LOG], (topic) =>
      writer.string(topic).structs([0], (partition) => writer.int32(partition)),
    );
  },
  read: (reader, version) => {
    const errorCode = reader.int16();
    if (version >= 2) reader.nullableString();
    const topics = reader.structs((r) => {
      r.string();
      return r.structs((p) => {
        p.int32();
        const partitionError = p.int16();
        if (version >= 2) p.nullableString();
        const leaderId = p.int32();
        const leaderEpoch = p.int32();
        const highWatermark = p.int64();
        const replicas = () =>
          p.structs((replica) => {
            const id = replica.int32();
            if (version >= 2) replica.uuid();
            const logEndOffset = replica.int64();
            const lastFetch = version >= 1 ? replica.int64() : -1n;
            if (version >= 1) replica.int64();
            return {
              id,
              logEndOffset: logEndOffset < 0n ? null : logEndOffset,
              lastFetchMs: lastFetch < 0n ? null : Number(lastFetch),
            };
          });
        const voters = replicas();
        replicas();
        return { errorCode: partitionError, quorum: { leaderId, leaderEpoch, highWatermark, voters } };
      });
    });
    const partition = topics[0]?.[0];
    return { errorCode: errorCode || (partition?.errorCode ?? 0), quorum: partition?.quorum ?? null };
  },
});

/**
 * KRaft's quorum as its leader sees it (DescribeQuorum, KIP-595); any broker passes the question on.
 * @throws {ProblemError} kafka-forbidden, not-supported-by-broker (ZooKeeper mode), deadline-exceeded, cancelled,
 *   broker-unreachable when no leader is elected
 */
export async function describeQuorum(kafka: ClusterConnections, signal: AbortSignal): Promise<Quorum | null> {
  const question = { what: "the controllers' quorum", needs: "Describe on Cluster kafka-cluster" };
  const { errorCode, quorum } = await askAnyBroker(kafka, describeQuorumRequest, null, question, signal);
  const problem = codeProblem(errorCode, null, question);
  if (problem) throw problem;
  return quorum;
}
