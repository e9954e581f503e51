import type { Eta, GroupVerdict, TimeLag } from "#lib/contracts/groups.ts";
import type { GroupReading, TopicEnds } from "../group-reading.ts";
import { judgeGroup } from "../verdicts/judge-group.ts";
import { etaOf } from "./eta.ts";
import type { LagTrend } from "./group-history.ts";
import type { GroupObserver } from "./group-observer.ts";

/** What samples add to one partition of a reading. */
export interface PartitionInsight {
  readonly timeLag: TimeLag | null;
  readonly nothingReadable: boolean | null;
  readonly committedPerSecond: number | null;
  readonly producedPerSecond: number | null;
  readonly eta: Eta;
  readonly lastMovedMs: number | null;
}

/** What samples add to a reading of a group. */
export interface GroupInsight {
  /** The oldest of its partitions'. */
  readonly timeLag: TimeLag | null;
  readonly trend: LagTrend | null;
  readonly verdicts: GroupVerdict[];
  readonly observedSinceMs: number | null;
  /** Sums of the partitions whose rates are known; null when none is. */
  readonly committedPerSecond: number | null;
  readonly producedPerSecond: number | null;
  partition(topic: string, partition: number): PartitionInsight;
}

/**
 * Composes a fresh reading of a group with what the observer saw of it before.
 * @param reading of all its topics, or of one (then `topic` names it, and the trend is that topic's)
 */
export function groupInsight(
  observer: GroupObserver,
  reading: GroupReading,
  ends: ReadonlyMap<string, TopicEnds>,
  nowMs: number,
  topic?: string,
): GroupInsight {
  const history = observer.history(reading.group);
  const committedOf = (name: string, partition: number) => reading.committed?.get(name)?.get(partition)?.offset ?? null;
  const nothingReadable = (name: string, partition: number): boolean | null => {
    const committed = committedOf(name, partition);
    const highWatermark = ends.get(name)?.highWatermarks[partition] ?? null;
    if (committed === null || highWatermark === null || highWatermark <= committed) return null;
    return observer.nothingReadable(name, partition, committed, highWatermark);
  };
  const partitionInsight = (name: string, partition: number): PartitionInsight => {
    const seen = history?.partition(name, partition) ?? null;
    const highWatermark = ends.get(name)?.highWatermarks[partition] ?? null;
    const position = committedOf(name, partition) ?? ends.get(name)?.logStartOffsets[partition] ?? null;
    const known = reading.committed !== null && highWatermark !== null && position !== null;
    const lag = known ? (highWatermark > position ? highWatermark - position : 0n) : null;
    const timeLag = lag === null ? null : lagInTime(lag, position, highWatermark);
    const committedPerSecond = seen?.committedPerSecond ?? null;
    const producedPerSecond = seen?.producedPerSecond ?? null;
    return {
      timeLag,
      nothingReadable: nothingReadable(name, partition),
      committedPerSecond,
      producedPerSecond,
      eta:
        lag === null
          ? { kind: "unknown" }
          : etaOf({ lag, timeLagMs: timeLag?.ms ?? null, committedPerSecond, producedPerSecond }),
      lastMovedMs: seen?.lastMovedMs ?? null,
    };
    function lagInTime(messages: bigint, at: bigint | null, end: bigint | null): TimeLag | null {
      if (messages === 0n) return { ms: 0, how: "interpolated", atLeast: false };
      return at === null || end === null ? null : (seen?.timeLag(at, end, nowMs) ?? null);
    }
  };
  let oldest: TimeLag | null = null;
  let committedPerSecond: number | null = null;
  let producedPerSecond: number | null = null;
  for (const [name, partitions] of partitionsOf(reading)) {
    for (const partition of partitions) {
      const one = partitionInsight(name, partition);
      if (one.timeLag !== null && (oldest === null || one.timeLag.ms > oldest.ms)) oldest = one.timeLag;
      if (one.committedPerSecond !== null) committedPerSecond = (committedPerSecond ?? 0) + one.committedPerSecond;
      if (one.producedPerSecond !== null) producedPerSecond = (producedPerSecond ?? 0) + one.producedPerSecond;
    }
  }
  return {
    timeLag: oldest,
    trend: history?.trend(topic) ?? null,
    verdicts: judgeGroup({ reading, ends, history, nothingReadable, nowMs }),
    observedSinceMs: history?.sinceMs ?? null,
    committedPerSecond,
    producedPerSecond,
    partition: partitionInsight,
  };
}

/** Committed or assigned. */
function partitionsOf(reading: GroupReading): ReadonlyMap<string, ReadonlySet<number>> {
  const all = new Map<string, Set<number>>();
  const add = (topic: string, partitions: Iterable<number>) => {
    const known = all.get(topic) ?? new Set();
    for (const partition of partitions) known.add(partition);
    all.set(topic, known);
  };
  for (const [topic, offsets] of reading.committed ?? []) add(topic, offsets.keys());
  for (const { assigned } of reading.members ?? []) for (const [topic, partitions] of assigned) add(topic, partitions);
  return all;
}
