import { type BrokerFailure, brokerFailure } from "./broker-failure.ts";
import { askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";
import type { MetadataTopic } from "./read-metadata.ts";

/**
 * earliest: log start offset. latest: high watermark. stable: last stable offset, what a read_committed consumer sees
 * as the end; less than the high watermark while a transaction is open.
 */
export type OffsetKind = "earliest" | "latest" | "stable" | SinceTimestamp;

/** The first offset whose timestamp is this or later; -1 when there is none. */
export interface SinceTimestamp {
  readonly sinceMs: number;
}

/** By topic, by partition from 0; null where it could not be read. */
export type OffsetsByTopic = ReadonlyMap<string, readonly (bigint | null)[]>;

export interface ListedOffsets {
  readonly offsets: OffsetsByTopic;
  /** Leaders that didn't answer at all. */
  readonly failures: readonly BrokerFailure[];
  /** Partitions that have a leader which answered, but not for them: how many by Kafka's error code. */
  readonly refused: ReadonlyMap<number, number>;
}

/**
 * Partitions of one leader, in columns: thousands of them are asked for at a time, and an object for each would keep the
 * garbage collector busier than Kafka. `counts[i]` partitions belong to topic `names[i]`.
 */
interface LeaderPartitions {
  readonly names: string[];
  readonly counts: number[];
  readonly partitions: number[];
}

interface LeaderQuestion {
  readonly kind: OffsetKind;
  readonly asked: LeaderPartitions;
}

/** In the order of the answer, which need not be that of the question. */
interface LeaderAnswer extends LeaderPartitions {
  readonly errorCodes: number[];
  readonly offsets: bigint[];
}

/** Tens of thousands of partitions take a leader 0.3 s; one that hangs should not hold the others' answers up for longer. */
const DEADLINE_MS = 3_000;
const EARLIEST = -2n;
const LATEST = -1n;
/** An offset that is no offset: nothing is as late as the timestamp that was asked for. */
const NONE_SINCE = -1n;
const CONSUMER = -1;
const NO_EPOCH = -1;

const listOffsetsRequest = defineRequest<LeaderQuestion, LeaderAnswer>({
  key: 2,
  versions: [7, 8, 9],
  since: "Kafka 3.0",
  write: (writer, { kind, asked: { names, counts, partitions } }) => {
    writer.int32(CONSUMER).int8(kind === "stable" ? 1 : 0);
    writer.arrayLength(names.length);
    let next = 0;
    for (const [index, name] of names.entries()) {
      const end = next + (counts[index] ?? 0);
      writer.string(name).arrayLength(end - next);
      for (; next < end; next++) {
        // No epoch: a leader that has just been elected again should answer, not refuse.
        writer.int32(partitions[next] ?? 0).int32(NO_EPOCH);
        writer.int64(timestampOf(kind)).noTags();
      }
      writer.noTags();
    }
  },
  read: (reader) => {
    const answer: LeaderAnswer = { names: [], counts: [], partitions: [], errorCodes: [], offsets: [] };
    reader.int32();
    for (let topics = reader.arrayLength(); topics > 0; topics--) {
      answer.names.push(reader.string());
      const count = reader.arrayLength();
      answer.counts.push(count);
      for (let left = count; left > 0; left--) {
        answer.partitions.push(reader.int32());
        answer.errorCodes.push(reader.int16());
        reader.int64();
        answer.offsets.push(reader.int64());
        reader.int32();
        reader.skipTags();
      }
      reader.skipTags();
    }
    return answer;
  },
});

function timestampOf(kind: OffsetKind): bigint {
  if (typeof kind === "object") return BigInt(kind.sinceMs);
  return kind === "earliest" ? EARLIEST : LATEST;
}

/**
 * Offsets of all partitions of these topics: for each kind one request to each leader, all leaders at once (ListOffsets,
 * KIP-79). A leader that is down costs only its own partitions. Never throws for one broker.
 * @returns a reading for each kind, in their order
 * @throws {ProblemError} cancelled
 */
export function listOffsets<const Kinds extends readonly OffsetKind[]>(
  kafka: ClusterConnections,
  topics: readonly MetadataTopic[],
  kinds: Kinds,
  signal: AbortSignal,
): Promise<{ readonly [Kind in keyof Kinds]: ListedOffsets }> {
  const leaders = byLeader(topics);
  return Promise.all(kinds.map((kind) => listOneKind(kafka, topics, leaders, kind, signal))) as Promise<{
    readonly [Kind in keyof Kinds]: ListedOffsets;
  }>;
}

async function listOneKind(
  kafka: ClusterConnections,
  topics: readonly MetadataTopic[],
  leaders: ReadonlyMap<number, LeaderPartitions>,
  kind: OffsetKind,
  signal: AbortSignal,
): Promise<ListedOffsets> {
  const offsets = new Map<string, (bigint | null)[]>();
  for (const { name, partitions } of topics) offsets.set(name, new Array<bigint | null>(partitions.length).fill(null));
  const refused = new Map<number, number>();
  const failures: BrokerFailure[] = [];
  const question = {
    what: typeof kind === "object" ? "the offsets at a time" : questions[kind],
    needs: "Describe on the topics",
    deadlineMs: DEADLINE_MS,
  };
  await Promise.all(
    [...leaders].map(async ([brokerId, asked]) => {
      try {
        const broker = kafka.nameOf(brokerId);
        const answer = await askBroker(
          kafka,
          brokerId,
          listOffsetsRequest,
          { kind, asked },
          { ...question, broker },
          signal,
        );
        take(answer, offsets, refused, typeof kind === "object" ? NONE_SINCE : 0n);
      } catch (error) {
        if (signal.aborted) throw error;
        failures.push(brokerFailure(brokerId, error));
      }
    }),
  );
  return { offsets, failures, refused };
}

const questions: Readonly<Record<Exclude<OffsetKind, SinceTimestamp>, string>> = {
  earliest: "the log start offsets",
  latest: "the high watermarks",
  stable: "the last stable offsets",
};

function take(
  { names, counts, partitions, errorCodes, offsets: answered }: LeaderAnswer,
  offsets: ReadonlyMap<string, (bigint | null)[]>,
  refused: Map<number, number>,
  least: bigint,
): void {
  let next = 0;
  for (const [index, name] of names.entries()) {
    const known = offsets.get(name);
    for (const end = next + (counts[index] ?? 0); next < end; next++) {
      const partition = partitions[next] ?? -1;
      const errorCode = errorCodes[next] ?? 0;
      const offset = answered[next] ?? least - 1n;
      if (errorCode !== 0) refused.set(errorCode, (refused.get(errorCode) ?? 0) + 1);
      else if (known !== undefined && partition < known.length && offset >= least) known[partition] = offset;
    }
  }
}

function byLeader(topics: readonly MetadataTopic[]): Map<number, LeaderPartitions> {
  const leaders = new Map<number, LeaderPartitions>();
  for (const { name, partitions } of topics) {
    for (const { partition, leader } of partitions) {
      if (leader === null) continue;
      let mine = leaders.get(leader);
      if (mine === undefined) {
        mine = { names: [], counts: [], partitions: [] };
        leaders.set(leader, mine);
      }
      const last = mine.names.length - 1;
      if (mine.names[last] === name) mine.counts[last] = (mine.counts[last] ?? 0) + 1;
      else {
        mine.names.push(name);
        mine.counts.push(1);
      }
      mine.partitions.push(partition);
    }
  }
  return leaders;
}
