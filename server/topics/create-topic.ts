import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { createTopic as contract, NewTopic } from "#lib/contracts/topics.ts";
import { ProblemError } from "#lib/problem.ts";
import type { Change } from "../changes/change.ts";
import { recordChange } from "../changes/record-change.ts";
import { byName } from "../clusters/by-name.ts";
import type { ClusterContext } from "../context.ts";
import { requestTopicCreation, type TopicCreationAnswer } from "../kafka/create-topic.ts";
import { ANSWER_DEADLINE_MS } from "../kafka/deadline.ts";
import { readMetadata } from "../kafka/read-metadata.ts";
import { awaitTopic } from "./await-topic.ts";
import { refusedCreation } from "./refused-creation.ts";

/** Before the answer is due: a topic that is created must not end as one that wasn't in time. */
const SPARE_MS = 1_000;

/**
 * Creates a topic; with `dryRun` asks the controller whether it would. Returns once every broker that is up knows the topic
 * and each partition has a leader, or after 5 s, or when the answer is due: it is created then too.
 * The change log's own topic is made on the page Changes, as it must be.
 * @throws {ProblemError} topic-exists, topic-refused (with the field), kafka-forbidden, cluster-unreachable, broker-unreachable,
 *   deadline-exceeded (it may have been created all the same), cancelled
 * @see KIP-4, KIP-464 (defaults), KIP-525 (what it is configured as)
 */
export async function createTopic(
  ctx: ClusterContext,
  { body }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  if (body.name === ctx.cluster.changesTopic) throw changeLogRefused(body.name);
  if (body.dryRun) return { ...answer(body, await ask(ctx, body)), change: null, recordProblem: null };
  const until = Date.now() + ANSWER_DEADLINE_MS - SPARE_MS;
  const { name, dryRun: _, ...asked } = body;
  const change: Change = { action: "create-topic", target: { topic: name }, before: null, after: asked };
  const { result: created, ...recorded } = await recordChange(ctx, change, () => ask(ctx, body));
  await awaitTopic(ctx, name, until - Date.now());
  ctx.state.forget();
  return { ...answer(body, created), ...recorded };
}

function changeLogRefused(name: string): ProblemError {
  const message = "This topic is the change log: create it on the page Changes, which makes it as it must be.";
  return new ProblemError("topic-refused", `${name}: ${message}`, { invalidParams: [{ path: "name", message }] });
}

async function ask(ctx: ClusterContext, topic: NewTopic): Promise<TopicCreationAnswer> {
  const { controllerProxy } = await readMetadata(ctx.kafka, [], ctx.signal);
  const creation = {
    name: topic.name,
    partitions: topic.partitions,
    replicationFactor: topic.replicationFactor,
    assignment: topic.assignment ?? [],
    configs: topic.configs,
    validateOnly: topic.dryRun,
  };
  const created = await requestTopicCreation(ctx.kafka, controllerProxy, creation, ctx.signal);
  if (created === null)
    throw new ProblemError("kafka-refused", `The controller said nothing about topic ${topic.name}.`);
  if (created.errorCode !== 0) throw refusedCreation(topic, created.errorCode, created.errorMessage);
  return created;
}

function answer(
  { name, dryRun, assignment }: NewTopic,
  { topicId, partitions, replicationFactor, configs }: TopicCreationAnswer,
): Omit<z.input<typeof contract.response>, "change" | "recordProblem"> {
  return {
    name,
    dryRun,
    topicId: dryRun ? null : topicId,
    partitions: partitions ?? assignment?.length ?? null,
    replicationFactor: replicationFactor ?? assignment?.[0]?.length ?? null,
    configs: byName(configs).map((config) => ({ ...config, isDefault: config.source === "default" })),
  };
}
