export interface Tick {
  readonly state: "full" | "missing" | "under-min" | "offline";
  /** Replicas in sync ÷ replicas, 0 to 1. */
  readonly share: number;
}

/** More than this many partitions share ticks: each shows the worst of a few. */
const TICK_LIMIT = 24;

/** The ticks of a topic, from partition 0 on; above 24 partitions each tick is the worst of its run. */
export function isrTicks(topic: {
  inSync: readonly number[] | undefined;
  partitionCount: number;
  replicationFactor: number;
  minInSync: number | null;
}): readonly Tick[] {
  const { inSync, partitionCount, replicationFactor, minInSync } = topic;
  const ticks = Math.min(partitionCount, TICK_LIMIT);
  return Array.from({ length: ticks }, (_, index) => {
    if (inSync === undefined) return { state: "full", share: 1 };
    const from = Math.floor((index * partitionCount) / ticks);
    const to = Math.floor(((index + 1) * partitionCount) / ticks);
    let worst = replicationFactor;
    for (let partition = from; partition < to; partition += 1) worst = Math.min(worst, inSync[partition] ?? 0);
    return { state: stateOf(worst, replicationFactor, minInSync), share: Math.min(1, worst / replicationFactor) };
  });
}

function stateOf(inSync: number, replicas: number, minInSync: number | null): Tick["state"] {
  if (inSync === 0) return "offline";
  // A topic with fewer replicas than it asks for takes writes when all of them are in sync.
  if (minInSync !== null && inSync < Math.min(minInSync, replicas)) return "under-min";
  return inSync < replicas ? "missing" : "full";
}

/** Reads the wire's digits ("332"; "+" is ten or more). Undefined stays undefined: every replica is in sync. */
export function readIsrDigits(digits: string | undefined): readonly number[] | undefined {
  return digits === undefined ? undefined : Array.from(digits, (digit) => (digit === "+" ? 10 : Number(digit)));
}
