import type { Eta, GroupVerdict, TimeLag } from "#lib/contracts/groups.ts";
import type { GroupReading, TopicEnds } from "../group-reading.ts";
import { groupLag, nextOffset, type PartitionLag, partitionLag } from "../lag.ts";
import { judgeGroup } from "../verdicts/judge-group.ts";
import { etaOf } from "./eta.ts";
import type { LagTrend, PartitionHistory } from "./group-history.ts";
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
  const nothingReadable = (name: string, partition: number): boolean | null => {
    const { commit, highWatermark } = partitionLag(reading, name, partition, ends.get(name) ?? null);
    if (commit === null || highWatermark === null || highWatermark <= commit.offset) return null;
    return observer.nothingReadable(name, partition, commit.offset, highWatermark);
  };
  const insightOf = (name: string, partition: number, at: PartitionLag): PartitionInsight => {
    const seen = history?.partition(name, partition) ?? null;
    const timeLag = at.lag === null ? null : lagInTime(seen, at.lag, nextOffset(at), at.highWatermark, nowMs);
    const committedPerSecond = seen?.committedPerSecond ?? null;
    const producedPerSecond = seen?.producedPerSecond ?? null;
    const unreadable = nothingReadable(name, partition);
    const lag = unreadable === true ? 0n : at.lag;
    const pace = { lag, timeLagMs: timeLag?.ms ?? null, committedPerSecond, producedPerSecond };
    return {
      timeLag,
      nothingReadable: unreadable,
      committedPerSecond,
      producedPerSecond,
      eta: etaOf(pace),
      lastMovedMs: seen?.lastMovedMs ?? null,
    };
  };
  let oldest: TimeLag | null = null;
  let committedPerSecond: number | null = null;
  let producedPerSecond: number | null = null;
  groupLag(reading, ends, (name, partition, at) => {
    const one = insightOf(name, partition, at);
    if (one.timeLag !== null && (oldest === null || one.timeLag.ms > oldest.ms)) oldest = one.timeLag;
    if (one.committedPerSecond !== null) committedPerSecond = (committedPerSecond ?? 0) + one.committedPerSecond;
    if (one.producedPerSecond !== null) producedPerSecond = (producedPerSecond ?? 0) + one.producedPerSecond;
  });
  return {
    timeLag: oldest,
    trend: history?.trend(topic) ?? null,
    verdicts: judgeGroup({ reading, ends, history, nothingReadable, nowMs }).filter(
      // Members of a group of several topics are told with what they hold of this one.
      ({ kind }) => topic === undefined || kind !== "idle-members",
    ),
    observedSinceMs: history?.sinceMs ?? null,
    committedPerSecond,
    producedPerSecond,
    partition: (name, partition) =>
      insightOf(name, partition, partitionLag(reading, name, partition, ends.get(name) ?? null)),
  };
}

function lagInTime(
  seen: PartitionHistory | null,
  lag: bigint,
  position: bigint | null,
  highWatermark: bigint | null,
  nowMs: number,
): TimeLag | null {
  if (lag === 0n) return { ms: 0, how: "interpolated", atLeast: false };
  return position === null || highWatermark === null ? null : (seen?.timeLag(position, highWatermark, nowMs) ?? null);
}
