import { createAPI, type Reader, Writer } from "@platformatic/kafka";
import { askBroker, type BrokerRequest } from "./broker-request.ts";
import type { PartitionAnswer } from "./commit-offsets.ts";
import type { ClusterConnections } from "./connections.ts";

interface DeleteInput {
  readonly group: string;
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
}

export interface DeletedOffsets {
  /** Of the group as a whole: 0, 68 it has members, 69 no such group. */
  readonly errorCode: number;
  /** 86: a member is subscribed to the topic. */
  readonly partitions: readonly PartitionAnswer[];
}

const DEADLINE_MS = 6_000;

/** The one request here that Kafka has only in its older, not flexible form, so that it is not of `defineRequest`. */
const offsetDeleteRequest: BrokerRequest<DeleteInput, DeletedOffsets> = {
  since: "Kafka 2.4",
  apis: [
    createAPI<[DeleteInput], DeletedOffsets>(
      47,
      0,
      write,
      (_correlationId, _key, _version, reader) => read(reader),
      false,
      false,
    ),
  ],
};

function write({ group, partitions }: DeleteInput): Writer {
  const topics = [...Map.groupBy(partitions, ({ topic }) => topic)];
  const writeTopic = (writer: Writer, [topic, some]: (typeof topics)[number]) => {
    const indexes = some.map(({ partition }) => partition);
    writer.appendString(topic, false).appendArray(indexes, (w, index) => void w.appendInt32(index), false, false);
  };
  return Writer.create().appendString(group, false).appendArray(topics, writeTopic, false, false);
}

function read(reader: Reader): DeletedOffsets {
  const errorCode = reader.readInt16();
  reader.readInt32();
  const readTopic = (t: Reader) => {
    const topic = t.readString(false);
    const one = (p: Reader) => ({ topic, partition: p.readInt32(), errorCode: p.readInt16() });
    return t.readArray(one, false, false);
  };
  return { errorCode, partitions: reader.readArray(readTopic, false, false).flat() };
}

/**
 * Takes commits away from a group, in one request to its coordinator, once (OffsetDelete, KIP-496). A refusal is an answer.
 * @throws {ProblemError} broker-unreachable, deadline-exceeded (both: it may be done all the same), not-supported-by-broker, cancelled
 */
export function deleteOffsets(
  kafka: ClusterConnections,
  coordinator: number,
  group: string,
  partitions: DeleteInput["partitions"],
  signal: AbortSignal,
): Promise<DeletedOffsets> {
  const question = { what: `a deletion of commits of group ${group}`, needs: `Delete on Group ${group}` };
  return askBroker(
    kafka,
    coordinator,
    offsetDeleteRequest,
    { group, partitions },
    { ...question, deadlineMs: DEADLINE_MS, lane: "bulk" },
    signal,
  );
}
