import type { GroupVerdict, TimeLag } from "#lib/contracts/groups.ts";
import type { GroupReading, TopicEnds } from "../group-reading.ts";
import { type GroupLag, groupLag, nextOffset } from "../lag.ts";
import type { LagTrend } from "./group-history.ts";
import type { GroupObserver } from "./group-observer.ts";

/** What a list tells of a group beside its description: thousands of them are worked out for one answer. */
export interface GroupGlance extends GroupLag {
  /** Of the partition whose next message is oldest, from samples; null: none is known. */
  readonly timeLag: TimeLag | null;
  readonly trend: LagTrend | null;
  /** As of the newest sample. */
  readonly verdicts: readonly GroupVerdict[];
}

const NOTHING_BEHIND: TimeLag = { ms: 0, how: "interpolated", atLeast: false };

/** Lag now, and what samples say of it: trend and verdicts are worked out once for each sample. */
export function groupGlance(
  observer: GroupObserver,
  reading: GroupReading,
  ends: ReadonlyMap<string, TopicEnds>,
  nowMs: number,
): GroupGlance {
  const history = observer.history(reading.group);
  let timeLag: TimeLag | null = null;
  const lag = groupLag(reading, ends, (topic, partition, at) => {
    if (at.lag === null) return;
    const next = nextOffset(at);
    const one =
      at.lag === 0n || next === null || at.highWatermark === null
        ? NOTHING_BEHIND
        : (history?.partition(topic, partition)?.timeLag(next, at.highWatermark, nowMs) ?? null);
    if (one !== null && (timeLag === null || one.ms > timeLag.ms)) timeLag = one;
  });
  return {
    ...lag,
    timeLag: reading.type === "share" ? null : timeLag,
    trend: observer.trend(reading.group),
    verdicts: observer.judged.get(reading.group) ?? [],
  };
}
