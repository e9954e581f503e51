import type { z } from "zod";
import type { getBrokerConfigs as contract } from "#lib/contracts/brokers.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import { byName } from "../clusters/by-name.ts";
import type { ClusterContext } from "../context.ts";
import { describeBrokerConfigs } from "../kafka/describe-configs.ts";
import { assertBrokerUp } from "./assert-broker-up.ts";

/**
 * A broker's configs by name, with source, synonyms, type and documentation, asked of that broker now.
 * @throws {ProblemError} broker-not-found, broker-unreachable, kafka-forbidden, deadline-exceeded, cancelled
 */
export async function getBrokerConfigs(
  ctx: ClusterContext,
  { params }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  await assertBrokerUp(ctx, params.brokerId);
  const observedAtMs = Date.now();
  const configs = await describeBrokerConfigs(ctx.kafka, params.brokerId, null, ctx.signal);
  return { configs: byName(configs), observedAtMs };
}
