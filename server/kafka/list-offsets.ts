import { type BrokerFailure, brokerFailure } from "./broker-failure.ts";
import { askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import type { MetadataTopic } from "./read-metadata.ts";

/**
 * earliest: log start offset. latest: high watermark. stable: last stable offset, what a read_committed consumer sees
 * as the end; less than the high watermark while a transaction is open.
 */
export type OffsetKind = "earliest" | "latest" | "stable";

/** By topic, by partition from 0; null where it could not be read. */
export type OffsetsByTopic = ReadonlyMap<string, readonly (bigint | null)[]>;

export interface ListedOffsets {
  readonly offsets: OffsetsByTopic;
  /** Leaders that didn't answer at all. */
  readonly failures: readonly BrokerFailure[];
  /** Partitions that have a leader which answered, but not for them: how many by Kafka's error code. */
  readonly refused: ReadonlyMap<number, number>;
}

interface LeaderTopic {
  readonly name: string;
  readonly partitions: readonly number[];
}

interface LeaderQuestion {
  readonly kind: OffsetKind;
  readonly topics: readonly LeaderTopic[];
}

interface AnsweredTopic {
  readonly name: string;
  readonly partitions: readonly { readonly partition: number; readonly errorCode: number; readonly offset: bigint }[];
}

const EARLIEST = -2n;
const LATEST = -1n;
const CONSUMER = -1;
const NO_EPOCH = -1;

const listOffsetsRequest = defineRequest<LeaderQuestion, readonly AnsweredTopic[]>({
  key: 2,
  versions: [7, 8, 9],
  since: "Kafka 3.0",
  write: (writer, { kind, topics }) => {
    writer.int32(CONSUMER).int8(kind === "stable" ? 1 : 0);
    writer.structs(topics, ({ name, partitions }) => {
      writer.string(name).structs(partitions, (partition) => {
        // No epoch: a leader that has just been elected again should answer, not refuse.
        writer
          .int32(partition)
          .int32(NO_EPOCH)
          .int64(kind === "earliest" ? EARLIEST : LATEST);
      });
    });
  },
  read: (reader) => {
    reader.int32();
    return reader.structs((r) => ({
      name: r.string(),
      partitions: r.structs((p) => {
        const partition = p.int32();
        const errorCode = p.int16();
        p.int64();
        const offset = p.int64();
        p.int32();
        return { partition, errorCode, offset };
      }),
    }));
  },
});

/**
 * Offsets of all partitions of these topics: one request to each leader, all leaders at once (ListOffsets, KIP-79).
 * A leader that is down costs only its own partitions. Never throws for one broker.
 * @throws {ProblemError} cancelled
 */
export async function listOffsets(
  kafka: ClusterConnections,
  topics: readonly MetadataTopic[],
  kind: OffsetKind,
  signal: AbortSignal,
): Promise<ListedOffsets> {
  const offsets = new Map<string, (bigint | null)[]>();
  for (const { name, partitions } of topics) offsets.set(name, new Array<bigint | null>(partitions.length).fill(null));
  const refused = new Map<number, number>();
  const failures: BrokerFailure[] = [];
  await Promise.all(
    [...byLeader(topics)].map(async ([brokerId, leaderTopics]) => {
      try {
        const what = kind === "earliest" ? "its log start offsets" : "its high watermarks";
        const answered = await askBroker(
          kafka,
          brokerId,
          listOffsetsRequest,
          { kind, topics: leaderTopics },
          { what, needs: "Describe on the topics" },
          signal,
        );
        for (const { name, partitions } of answered) {
          const known = offsets.get(name);
          if (known === undefined) continue;
          for (const { partition, errorCode, offset } of partitions) {
            if (errorCode === 0 && offset >= 0n && partition < known.length) known[partition] = offset;
            else refused.set(errorCode, (refused.get(errorCode) ?? 0) + 1);
          }
        }
      } catch (error) {
        if (signal.aborted) throw error;
        failures.push(brokerFailure(brokerId, error));
      }
    }),
  );
  return { offsets, failures, refused };
}

function byLeader(topics: readonly MetadataTopic[]): Map<number, LeaderTopic[]> {
  const leaders = new Map<number, LeaderTopic[]>();
  for (const topic of topics) {
    const mine = new Map<number, number[]>();
    for (const { partition, leader } of topic.partitions) {
      if (leader === null) continue;
      const list = mine.get(leader);
      if (list) list.push(partition);
      else mine.set(leader, [partition]);
    }
    for (const [leader, partitions] of mine) {
      const list = leaders.get(leader);
      const entry = { name: topic.name, partitions };
      if (list) list.push(entry);
      else leaders.set(leader, [entry]);
    }
  }
  return leaders;
}
