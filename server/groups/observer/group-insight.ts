import type { Eta, TimeLag } from "#lib/contracts/groups.ts";
import type { GroupReading, TopicEnds } from "../group-reading.ts";
import type { Work } from "../in-turns.ts";
import { groupLag, nextOffset, type PartitionLag, partitionLag } from "../lag.ts";
import { judging } from "../verdicts/judge-group.ts";
import { etaOf } from "./eta.ts";
import type { GroupGlance } from "./group-glance.ts";
import type { PartitionHistory } from "./group-history.ts";
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

/** One partition now, and what samples add. */
export interface InsightRow {
  readonly topic: string;
  readonly partition: number;
  readonly lag: PartitionLag;
  readonly seen: PartitionInsight;
}

/** Lag of a group now, and what samples add to it, partition by partition. Its time lag is the oldest of theirs. */
export interface GroupInsight extends GroupGlance {
  /** By topic in order of name, then by number. */
  readonly partitions: readonly InsightRow[];
  readonly observedSinceMs: number | null;
  /** Sums of the partitions whose rates are known; null when none is. */
  readonly committedPerSecond: number | null;
  readonly producedPerSecond: number | null;
}

/**
 * Composes a fresh reading of a group with what the observer saw of it before. Each partition's history is walked once, and others
 * may have their turn between two: a group may have ten thousand.
 * @param reading of all its topics, or of one (then `topic` names it, and the trend is that topic's)
 */
export function* groupInsight(
  observer: GroupObserver,
  reading: GroupReading,
  ends: ReadonlyMap<string, TopicEnds>,
  nowMs: number,
  topic?: string,
): Work<GroupInsight> {
  const history = observer.history(reading.group);
  const nothingReadable = (name: string, partition: number, { commit, highWatermark }: PartitionLag) =>
    commit === null || highWatermark === null || highWatermark <= commit.offset
      ? null
      : observer.nothingReadable(name, partition, commit.offset, highWatermark);
  const now: Omit<InsightRow, "seen">[] = [];
  const lag = groupLag(reading, ends, (name, partition, at) => now.push({ topic: name, partition, lag: at }));
  const partitions: InsightRow[] = [];
  let timeLag: TimeLag | null = null;
  let committedPerSecond: number | null = null;
  let producedPerSecond: number | null = null;
  for (const row of now) {
    yield;
    const before = history?.partition(row.topic, row.partition) ?? null;
    const seen = insightOf(before, row.lag, nothingReadable(row.topic, row.partition, row.lag), nowMs);
    partitions.push({ ...row, seen });
    if (seen.timeLag !== null && (timeLag === null || seen.timeLag.ms > timeLag.ms)) timeLag = seen.timeLag;
    if (seen.committedPerSecond !== null) committedPerSecond = (committedPerSecond ?? 0) + seen.committedPerSecond;
    if (seen.producedPerSecond !== null) producedPerSecond = (producedPerSecond ?? 0) + seen.producedPerSecond;
  }
  const verdicts = yield* judging({
    ...{ reading, ends, history, nowMs },
    nothingReadable: (name, partition) =>
      nothingReadable(name, partition, partitionLag(reading, name, partition, ends.get(name) ?? null)),
  });
  return {
    ...lag,
    partitions,
    timeLag,
    trend: history?.trend(topic) ?? null,
    // Members of a group of several topics are told with what they hold of this one.
    verdicts: verdicts.filter(({ kind }) => topic === undefined || kind !== "idle-members"),
    observedSinceMs: history?.sinceMs ?? null,
    committedPerSecond,
    producedPerSecond,
  };
}

function insightOf(
  seen: PartitionHistory | null,
  at: PartitionLag,
  nothingReadable: boolean | null,
  nowMs: number,
): PartitionInsight {
  const timeLag = at.lag === null ? null : lagInTime(seen, at.lag, nextOffset(at), at.highWatermark, nowMs);
  const committedPerSecond = seen?.committedPerSecond ?? null;
  const producedPerSecond = seen?.producedPerSecond ?? null;
  const lag = nothingReadable === true ? 0n : at.lag;
  const eta = etaOf({ lag, timeLagMs: timeLag?.ms ?? null, committedPerSecond, producedPerSecond });
  const lastMovedMs = seen?.lastMovedMs ?? null;
  return { timeLag, nothingReadable, committedPerSecond, producedPerSecond, eta, lastMovedMs };
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
