import { changeLogTopic } from "#lib/change-log-topic.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { requestTopicCreation } from "../kafka/create-topic.ts";
import { readMetadata } from "../kafka/read-metadata.ts";
import { awaitTopic } from "../topics/await-topic.ts";
import { refusedCreation } from "../topics/refused-creation.ts";

const TOPIC_ALREADY_EXISTS = 36;

/**
 * Makes the topic of the change log: one partition, so that all changes have one order; up to three replicas; kept for ever.
 * @returns what it was made as; null when it is there already
 * @throws {ProblemError} topic-refused, topic-exists (a name that only differs in '.' and '_'), kafka-forbidden,
 *   cluster-unreachable, broker-unreachable, deadline-exceeded, cancelled
 */
export async function createLogTopic(ctx: Pick<ClusterContext, "cluster" | "kafka">, signal: AbortSignal) {
  const name = ctx.cluster.changesTopic;
  const { brokers, controllerProxy } = await readMetadata(ctx.kafka, [], signal);
  const made = changeLogTopic(brokers.length);
  const creation = { name, ...made, assignment: [], validateOnly: false };
  const answer = await requestTopicCreation(ctx.kafka, controllerProxy, creation, signal);
  if (answer === null) throw new ProblemError("kafka-refused", `The controller said nothing about topic ${name}.`);
  const isThere = answer.errorCode === TOPIC_ALREADY_EXISTS;
  if (answer.errorCode !== 0 && !isThere) {
    throw refusedCreation({ name, ...made, dryRun: false }, answer.errorCode, answer.errorMessage);
  }
  // Another server may have made it a moment ago.
  await awaitTopic({ kafka: ctx.kafka, signal }, name);
  return isThere ? null : made;
}
