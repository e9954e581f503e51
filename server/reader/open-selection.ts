import { ProblemError } from "#lib/problem.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import { unreadableTopics } from "../kafka/may-read.ts";
import { type Metadata, readMetadata } from "../kafka/read-metadata.ts";
import { assertPartition } from "../topics/assert-partition.ts";
import type { ReaderConnections } from "./reader-connections.ts";
import type { ReadSelection } from "./reader-event.ts";
import { readForbidden } from "./refusal.ts";
import { type TopicSelector, topicSelector } from "./select-topics.ts";

/**
 * The topics of a selection as they are now. Named topics must be there, with the partitions that are named, and this user
 * must be allowed to read them; of a pattern whatever is found.
 * @throws {ProblemError} topic-not-found, partition-not-found, kafka-forbidden, invalid-request, not-supported-by-broker,
 *   cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readTopics(
  { kafka }: ReaderConnections,
  selection: ReadSelection,
  signal: AbortSignal,
): Promise<{ readonly selector: TopicSelector; readonly metadata: Metadata }> {
  const selector = await topicSelector(selection);
  const [metadata, unreadable] = await Promise.all([
    readMetadata(kafka, selector.names, signal),
    selector.names === null ? [] : unreadableTopics(kafka, selector.names, signal),
  ]);
  if (!("pattern" in selection)) {
    assertThere(metadata, selection.topics, selection.partitions);
    const [forbidden] = unreadable;
    if (forbidden !== undefined) throw readForbidden(forbidden);
  }
  if (selector.select(metadata).some(({ topicId }) => topicId === null)) {
    throw new ProblemError(
      "not-supported-by-broker",
      "This cluster gives its topics no ids, which reading needs: Kafka 3.1 or newer does.",
    );
  }
  return { selector, metadata };
}

function assertThere({ topics }: Metadata, names: readonly string[], partitions: readonly number[] | null): void {
  for (const name of names) {
    const topic = topics.find((one) => one.name === name);
    const asking = { what: `the topic ${name}`, needs: `Describe and Read on the topic ${name}` };
    const problem = codeProblem(topic?.errorCode ?? 3, null, asking);
    if (problem !== null) throw problem;
    if (topic !== undefined) for (const partition of partitions ?? []) assertPartition(topic, partition);
  }
}
