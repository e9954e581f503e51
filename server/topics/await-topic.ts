import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterContext } from "../context.ts";
import { readMetadata, readMetadataFrom } from "../kafka/read-metadata.ts";

const MOST_MS = 5_000;
const EVERY_MS = 25;

/**
 * Waits until every broker that is up tells of a new topic with a leader for each partition: brokers learn of it one after
 * another, and the next request may reach any of them. Gives up quietly after 5 s (or `leftMs`), or when the viewer leaves.
 */
export async function awaitTopic(
  ctx: Pick<ClusterContext, "kafka" | "signal">,
  name: string,
  leftMs = MOST_MS,
): Promise<void> {
  if (leftMs <= 0) return;
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(Math.min(leftMs, MOST_MS))]);
  try {
    const { brokers } = await readMetadata(ctx.kafka, [], signal);
    await Promise.allSettled(brokers.map(({ id }) => awaitOn(ctx, id, name, signal)));
  } catch {
    // It is created: that a broker is slow to tell of it is no failure of the creation.
  }
}

async function awaitOn(
  ctx: Pick<ClusterContext, "kafka">,
  brokerId: number,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { topics } = await readMetadataFrom(ctx.kafka, brokerId, [name], signal);
    const topic = topics[0];
    if (
      topic?.errorCode === 0 &&
      topic.partitions.length > 0 &&
      topic.partitions.every(({ leader }) => leader !== null)
    )
      return;
    await sleep(EVERY_MS, undefined, { signal });
  }
}
