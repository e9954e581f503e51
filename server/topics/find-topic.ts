import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import { type Metadata, type MetadataTopic, readMetadata } from "../kafka/read-metadata.ts";

/**
 * One topic's metadata, as Kafka has it now.
 * @throws {ProblemError} topic-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function findTopic(ctx: Pick<ClusterContext, "kafka" | "signal">, name: string): Promise<MetadataTopic> {
  return topicIn(await readMetadata(ctx.kafka, [name], ctx.signal), name);
}

/** The topic among what was asked for by name. @throws {ProblemError} topic-not-found, kafka-forbidden */
export function topicIn({ topics }: Metadata, name: string): MetadataTopic {
  const topic = topics.find((one) => one.name === name);
  const problem = codeProblem(topic?.errorCode ?? UNKNOWN_TOPIC, null, {
    what: `topic ${name}`,
    needs: `Describe on Topic ${name}`,
  });
  if (problem?.code === "topic-not-found") {
    throw new ProblemError(
      "topic-not-found",
      `There is no topic "${name}" on this cluster. It may have been deleted; check the spelling, upper and lower case too.`,
    );
  }
  if (problem) throw problem;
  if (topic === undefined) throw new ProblemError("topic-not-found", `There is no topic "${name}" on this cluster.`);
  return topic;
}

const UNKNOWN_TOPIC = 3;
