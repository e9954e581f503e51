import type { z } from "zod";
import { byTopicRecord } from "#lib/contracts/by-topic.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { listTopicSizes as contract } from "#lib/contracts/topics.ts";
import { missingSizes } from "../clusters/missing-sizes.ts";
import type { ClusterContext } from "../context.ts";

/**
 * Bytes on disk of each topic, all replicas on the brokers that answered; at most 10 s old.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listTopicSizes(
  ctx: ClusterContext,
  _input: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const { value, observedAtMs } = await ctx.state.logDirs.get(ctx.signal);
  const sizes = byTopicRecord(Array.from(value.topicSizes, ([topic, size]) => [topic, size.toString()]));
  return { sizes, missing: missingSizes(value.failures), observedAtMs };
}
