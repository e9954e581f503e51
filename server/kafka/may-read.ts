import { askAnyBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

/** AclOperation.READ and WRITE as bits of `topic_authorized_operations` (KIP-430). */
const READ = 1 << 3;
const WRITE = 1 << 4;

type Answer = ReadonlyMap<string, number>;

const authorizedOperationsRequest = defineRequest<readonly string[], Answer>({
  key: 3,
  versions: [12],
  since: "Kafka 3.1",
  write: (writer, topics) => {
    writer.structs(topics, (name) => writer.zeroUuid().string(name));
    // Nothing is created by asking; the operations are asked for.
    writer.boolean(false).boolean(true);
  },
  read: (reader) => {
    reader.int32();
    reader.structs((r) => {
      r.int32();
      r.string();
      r.int32();
      r.nullableString();
    });
    reader.nullableString();
    reader.int32();
    const operations = new Map<string, number>();
    reader.structs((r) => {
      r.int16();
      const name = r.string();
      r.uuid();
      r.boolean();
      r.structs((p) => {
        p.int16();
        p.int32();
        p.int32();
        p.int32();
        p.int32s();
        p.int32s();
        p.int32s();
      });
      operations.set(name, r.int32());
    });
    return operations;
  },
});

/**
 * Which of these topics this user may not read (Read on the topic), as far as the broker tells before anything is fetched.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function unreadableTopics(
  kafka: ClusterConnections,
  topics: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const question = { what: "the right to read the topics" };
  const operations = await askAnyBroker(kafka, authorizedOperationsRequest, topics, question, signal);
  return topics.filter((name) => ((operations.get(name) ?? READ) & READ) === 0);
}

/**
 * What this user may do with a topic's messages, as far as the broker tells before it is tried.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function rightsOnTopic(
  kafka: ClusterConnections,
  topic: string,
  signal: AbortSignal,
): Promise<{ readonly read: boolean; readonly write: boolean }> {
  const question = { what: `the rights on ${topic}` };
  const operations = await askAnyBroker(kafka, authorizedOperationsRequest, [topic], question, signal);
  const rights = operations.get(topic) ?? READ | WRITE;
  return { read: (rights & READ) !== 0, write: (rights & WRITE) !== 0 };
}
