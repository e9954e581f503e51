import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { listTopicRates as contract } from "#lib/contracts/topics.ts";
import type { ClusterContext } from "../context.ts";

/**
 * Messages written a second by topic in steps of 5 s over the last 5 minutes, from samples of the high watermarks. Sampling
 * begins when this is first asked, so the first answer is empty. Asks no Kafka itself.
 */
export async function listTopicRates(
  ctx: ClusterContext,
  _input: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  ctx.state.sampler.want();
  const { atMs, byTopic, sinceMs, observedAtMs } = ctx.state.sampler.rates();
  const rates: Record<string, (number | null)[]> = {};
  for (const [topic, series] of byTopic) if (series.some((rate) => rate !== 0)) rates[topic] = [...series];
  return { atMs: [...atMs], rates, sinceMs, observedAtMs: observedAtMs ?? Date.now() };
}
