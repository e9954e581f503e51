import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import { type getGroupLag as contract, MAX_LAG_SERIES } from "#lib/contracts/groups.ts";
import type { ClusterContext } from "../context.ts";
import { STEP_MS } from "./observer/group-observer.ts";
import type { LagAt } from "./observer/lag-trend.ts";

type Answer = z.input<typeof contract.response>;

/**
 * A group's lag as this server sampled it: at most an hour, oldest first, in all (of one topic when that is asked for, of one
 * partition with both) and by partition. Nothing is asked of Kafka; a group that wasn't sampled yet has no points.
 */
export async function getGroupLag(
  { state }: Pick<ClusterContext, "state">,
  { params, query }: ParsedInput<typeof contract>,
): Promise<Answer> {
  const { groupObserver } = state;
  const observedAtMs = groupObserver.newest?.observedAtMs ?? Date.now();
  const history = groupObserver.history(params.group);
  const { topic, partition } = query;
  if (history === null) {
    return { stepMs: STEP_MS, atMs: [], total: [], partitions: [], omitted: 0, observedSinceMs: null, observedAtMs };
  }
  const wanted = history
    .newestLags()
    .filter((one) => topic === undefined || one.topic === topic)
    .filter((one) => topic === undefined || partition === undefined || one.partition === partition)
    .sort((a, b) => (most(b.lag) < most(a.lag) ? -1 : most(b.lag) > most(a.lag) ? 1 : 0));
  const partitions = wanted.slice(0, MAX_LAG_SERIES).map((one) => ({
    topic: one.topic,
    partition: one.partition,
    lag: onWire(history.lags(one.topic, one.partition) ?? []),
  }));
  const total =
    topic === undefined
      ? history.totals()
      : partition === undefined
        ? history.totalsOf(topic)
        : (history.lags(topic, partition) ?? []);
  return {
    stepMs: STEP_MS,
    // The same samples, also where the topic isn't one of the group's.
    atMs: history.totals().map(({ atMs }) => Math.round(atMs)),
    total: total.length === 0 ? history.totals().map(() => null) : onWire(total),
    partitions,
    omitted: wanted.length - partitions.length,
    observedSinceMs: Math.round(history.sinceMs),
    observedAtMs,
  };
}

/** What isn't known lags least. */
function most(lag: bigint | null): bigint {
  return lag ?? -1n;
}

function onWire(lags: readonly LagAt[]): (string | null)[] {
  return lags.map(({ lag }) => lag?.toString() ?? null);
}
