import type { z } from "zod";
import { byTopicRecord } from "#lib/contracts/by-topic.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { listTopicRates as contract } from "#lib/contracts/topics.ts";
import type { ClusterContext } from "../context.ts";

/**
 * Messages written a second by topic, of one, or of the busiest, in steps of 5 s over the last 5 minutes, from samples of the high watermarks. Sampling
 * begins when this is first asked, so the first answer is empty. Asks no Kafka itself.
 */
export async function listTopicRates(
  ctx: ClusterContext,
  { query: { topic: only, top } }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  ctx.state.sampler.want();
  const { atMs, byTopic, sinceMs, observedAtMs } = ctx.state.sampler.rates();
  const asked = only === undefined ? [...byTopic] : [...byTopic].filter(([topic]) => topic === only);
  const busy = asked.filter(([, series]) => series.some((rate) => rate !== 0));
  const told = top === undefined ? busy : busiest(busy, top);
  const rates = byTopicRecord(told.map(([topic, series]) => [topic, [...series]]));
  return { atMs: [...atMs], rates, sinceMs, observedAtMs: observedAtMs ?? Date.now() };
}

/** Exported for its test. By the newest step that has a reading; those that are still now are left out. */
export function busiest<T extends readonly [topic: string, series: readonly (number | null)[]]>(
  topics: readonly T[],
  most: number,
): T[] {
  return topics
    .map((one) => ({ one, rate: one[1].findLast((rate) => rate !== null) ?? 0 }))
    .filter(({ rate }) => rate > 0)
    .sort((a, b) => b.rate - a.rate)
    .slice(0, most)
    .map(({ one }) => one);
}
