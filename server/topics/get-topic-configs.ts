import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { getTopicConfigs as contract } from "#lib/contracts/topics.ts";
import { byName } from "../clusters/by-name.ts";
import type { ClusterContext } from "../context.ts";
import { describeTopicConfigs } from "../kafka/describe-configs.ts";

/**
 * A topic's configs by name, with source, synonyms, type and the broker's documentation, asked of Kafka now.
 * @throws {ProblemError} topic-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function getTopicConfigs(
  ctx: ClusterContext,
  { params }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const observedAtMs = Date.now();
  const configs = await describeTopicConfigs(ctx.kafka, params.topic, ctx.signal);
  return { configs: byName(configs), observedAtMs };
}
