import { askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

export interface RecordsToProduce {
  readonly topic: string;
  readonly partition: number;
  /** A record batch. */
  readonly records: Uint8Array;
}

/** What the partition's leader says. */
export interface Produced {
  readonly errorCode: number;
  /** The broker's own words, of the record or of the batch. */
  readonly errorMessage: string | null;
  readonly offset: bigint;
  /** The broker's, where the topic's timestamps are (LogAppendTime); null: the producer's counts. */
  readonly appendTime: bigint | null;
}

const ALL_REPLICAS = -1;
/** How long the leader waits for the other replicas. */
const REPLICAS_TIMEOUT_MS = 6_000;
const DEADLINE_MS = 8_000;

const produceRequest = defineRequest<RecordsToProduce, Produced | null>({
  key: 0,
  versions: [9],
  since: "Kafka 2.8",
  write: (writer, { topic, partition, records }) => {
    writer.string(null).int16(ALL_REPLICAS).int32(REPLICAS_TIMEOUT_MS);
    writer.structs([topic], (name) => {
      writer.string(name).structs([partition], (index) => writer.int32(index).bytes(records));
    });
  },
  read: (reader) => {
    const topics = reader.structs((t) => {
      t.string();
      return t.structs((p) => {
        p.int32();
        const errorCode = p.int16();
        const offset = p.int64();
        const appendTime = p.int64();
        p.int64();
        const ofRecords = p.structs((r) => {
          r.int32();
          return r.nullableString();
        });
        const ofBatch = p.nullableString();
        const errorMessage = ofRecords.find((message) => message !== null) ?? ofBatch;
        return { errorCode, errorMessage, offset, appendTime: appendTime < 0n ? null : appendTime };
      });
    });
    reader.int32();
    return topics[0]?.[0] ?? null;
  },
});

/**
 * Hands a partition's leader one batch, once, and waits until all replicas in sync have it (Produce, acks=all). A refusal
 * is an answer, not an error; its words are the broker's (KIP-467).
 * @throws {ProblemError} broker-unreachable, deadline-exceeded (both: it may be stored all the same), cancelled
 */
export function produce(
  kafka: ClusterConnections,
  leader: number,
  records: RecordsToProduce,
  signal: AbortSignal,
): Promise<Produced | null> {
  // A leader answers the next request of this connection only when its replicas have the batch, or time is out.
  const question = { what: `a message to ${records.topic}`, deadlineMs: DEADLINE_MS, lane: "bulk" as const };
  return askBroker(kafka, leader, produceRequest, records, question, signal);
}
