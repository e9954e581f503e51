import type { TimeLag } from "#lib/contracts/groups.ts";
import type { CommitSamples } from "./commit-samples.ts";
import type { GroupHistory, LagTrend, PartitionHistory } from "./group-history.ts";
import type { GroupSamples } from "./group-samples.ts";
import { type LagAt, lagTrend } from "./lag-trend.ts";
import { MISSED_SAMPLES, type SampleTimes } from "./sample-times.ts";

/** Rates are over so much, or over what there is of it. */
const RATE_MS = 60_000;
/** A message lies, on average, half a message behind the watermark that it moved. */
const HALF = 0.5;

/** A group's samples, read as a history. */
export class SampledHistory implements GroupHistory {
  readonly #times: SampleTimes;
  readonly #group: GroupSamples;

  constructor(times: SampleTimes, group: GroupSamples) {
    this.#times = times;
    this.#group = group;
  }

  get sinceMs(): number {
    return Math.max(this.#group.sinceMs, this.#times.at(this.#times.oldest));
  }

  get newestMs(): number {
    return this.#times.at(this.#group.newest);
  }

  get membersSinceMs(): number | null {
    return this.#group.membersSinceMs;
  }

  get memberlessSinceMs(): number | null {
    return this.#group.memberlessSinceMs;
  }

  get idleSinceMs(): number | null {
    return this.#group.idleSinceMs;
  }

  get memberlessMoves(): GroupHistory["memberlessMoves"] {
    return this.#group.memberlessMoves;
  }

  rebalancesSince(sinceMs: number): readonly number[] {
    const times: number[] = [];
    for (let sample = this.#firstSample(); sample <= this.#times.newest; sample++) {
      const at = this.#times.at(sample);
      if (at >= sinceMs && this.#group.rebalanced(sample)) times.push(at);
    }
    return times;
  }

  isSubscribed(topic: string): boolean {
    return this.#group.topics.get(topic)?.subscribed ?? false;
  }

  partition(topic: string, partition: number): PartitionHistory | null {
    const commits = this.#group.topics.get(topic);
    if (commits === undefined || commits.sinceMs(partition) === null) return null;
    return new SampledPartition(this.#times, commits, partition);
  }

  trend(topic?: string): LagTrend | null {
    return lagTrend(topic === undefined ? this.totals() : this.totalsOf(topic));
  }

  /** The lag of all its partitions at each sample, oldest first; null where one of them couldn't be read. */
  totals(): LagAt[] {
    return this.#overSamples((sample) => this.#group.total(sample));
  }

  /** The lag of one partition at each sample, oldest first; null: the group has no such partition. */
  lags(topic: string, partition: number): LagAt[] | null {
    const commits = this.#group.topics.get(topic);
    if (commits === undefined || commits.sinceMs(partition) === null) return null;
    return this.#overSamples((sample) => lagAt(commits, sample, partition));
  }

  /** Every partition with its lag at the newest sample that has one. */
  newestLags(): { readonly topic: string; readonly partition: number; readonly lag: bigint | null }[] {
    return [...this.#group.topics].flatMap(([topic, commits]) =>
      Array.from({ length: commits.partitionCount }, (_, partition) => partition)
        .filter((partition) => commits.sinceMs(partition) !== null)
        .map((partition) => ({ topic, partition, lag: lagAt(commits, this.#group.newest, partition) })),
    );
  }

  /** The lag of all partitions of a topic at each sample, oldest first; null where one of them couldn't be read. */
  totalsOf(topic: string): LagAt[] {
    const commits = this.#group.topics.get(topic);
    if (commits === undefined) return [];
    const lastTold = new Map<number, number>();
    return this.#overSamples((sample) => {
      let total: bigint | null = null;
      let whole = true;
      for (let partition = 0; partition < commits.partitionCount; partition++) {
        const lag = lagAt(commits, sample, partition);
        if (lag !== null) {
          lastTold.set(partition, sample);
          total = (total ?? 0n) + lag;
        } else if (isMissed(commits, sample, partition, lastTold.get(partition))) whole = false;
      }
      return whole ? total : null;
    });
  }

  #overSamples(lag: (sample: number) => bigint | null): LagAt[] {
    const series: LagAt[] = [];
    for (let sample = this.#firstSample(); sample <= this.#times.newest; sample++) {
      series.push({ atMs: this.#times.at(sample), lag: lag(sample) });
    }
    return series;
  }

  /** Not before the group was there. */
  #firstSample(): number {
    let sample = this.#times.oldest;
    while (sample < this.#times.newest && this.#times.at(sample) < this.#group.sinceMs) sample++;
    return sample;
  }
}

/** High watermark − position at a sample, never below 0; null when either wasn't read. */
function lagAt(commits: CommitSamples, sample: number, partition: number): bigint | null {
  const position = commits.position(sample, partition);
  const highWatermark = commits.topic.highWatermark(sample, partition);
  if (position === null || highWatermark === null) return null;
  return highWatermark > position.offset ? highWatermark - position.offset : 0n;
}

/** Whether a partition without lag was the group's just then: its high watermark wasn't read, or its position only a moment before. */
function isMissed(commits: CommitSamples, sample: number, partition: number, lastTold: number | undefined): boolean {
  if (commits.position(sample, partition) !== null) return true;
  return lastTold !== undefined && sample - lastTold <= MISSED_SAMPLES;
}

class SampledPartition implements PartitionHistory {
  readonly #times: SampleTimes;
  readonly #commits: CommitSamples;
  readonly #partition: number;

  constructor(times: SampleTimes, commits: CommitSamples, partition: number) {
    this.#times = times;
    this.#commits = commits;
    this.#partition = partition;
  }

  get sinceMs(): number {
    return this.#commits.sinceMs(this.#partition) ?? this.#times.at(this.#times.newest);
  }

  get newestCommitted(): bigint | null {
    return this.#commits.newestCommitted(this.#partition);
  }

  get lastMovedMs(): number | null {
    return this.#commits.lastMovedMs(this.#partition);
  }

  get waitingSinceMs(): number | null {
    return this.#commits.waitingSinceMs(this.#partition);
  }

  get longestWaitMs(): number | null {
    return this.#commits.longestWaitMs(this.#partition);
  }

  get transactionSinceMs(): number | null {
    return this.#commits.topic.transactionSinceMs(this.#partition);
  }

  get nothingReadableTo(): bigint | null {
    return this.#commits.nothingReadableTo(this.#partition);
  }

  get nothingUnreadTo(): bigint | null {
    return this.#commits.nothingUnreadTo(this.#partition);
  }

  get readableAt(): bigint | null {
    return this.#commits.readableAt(this.#partition);
  }

  get committedPerSecond(): number | null {
    return this.#perSecond((sample) => {
      if (sample < this.#commits.paceSince(this.#partition)) return null;
      const position = this.#commits.position(sample, this.#partition);
      return position?.committed === true ? position.offset : null;
    });
  }

  get producedPerSecond(): number | null {
    return this.#perSecond((sample) => this.#watermark(sample));
  }

  lagAgo(ageMs: number): bigint | null {
    const sample = this.#sampleAgo(ageMs, (one) => lagAt(this.#commits, one, this.#partition) !== null);
    return sample === null ? null : lagAt(this.#commits, sample, this.#partition);
  }

  movedSince(ageMs: number): ReturnType<PartitionHistory["movedSince"]> {
    const readable = (sample: number) => this.#pair(sample) !== null;
    const [first, last] = [this.#sampleAgo(ageMs, readable), this.#sampleAgo(0, readable)];
    if (first === null || last === null || first === last) return null;
    // As one that was moved back below: somebody set it.
    if (first < this.#commits.paceSince(this.#partition)) return null;
    // Moved back by somebody: what was committed past before says nothing about the pace.
    if (this.#commits.wentBack(this.#partition, first, last)) return null;
    const [start, end] = [this.#pair(first), this.#pair(last)];
    if (start === null || end === null) return null;
    return {
      produced: end.watermark - start.watermark,
      committed: end.committed - start.committed,
      overMs: this.#times.at(last) - this.#times.at(first),
    };
  }

  timeLag(position: bigint, highWatermark: bigint, nowMs: number): TimeLag | null {
    const nothingBehind = position >= highWatermark || this.#nothingReadable(position, highWatermark);
    if (nothingBehind) return { ms: 0, how: "interpolated", atLeast: false };
    const { topic } = this.#commits;
    // The samples' distances are exact. These two may be too far away for that: rounding keeps them on the same side of each
    // sample, and between two of them a share is all that is worked out.
    const wanted = Number(position - topic.zero(this.#partition));
    // What is newer than the sample that is looked at.
    let [laterMs, later] = [nowMs, Number(highWatermark - topic.zero(this.#partition))];
    let found = false;
    for (let sample = this.#times.newest; sample >= topic.firstSample(this.#partition); sample--) {
      const distance = topic.distance(sample, this.#partition);
      if (Number.isNaN(distance)) continue;
      const at = this.#times.at(sample);
      if (distance <= wanted) {
        const share = later > distance ? (wanted + HALF - distance) / (later - distance) : 1;
        return ago(nowMs, at + Math.min(1, share) * (laterMs - at), false);
      }
      [laterMs, later, found] = [at, distance, true];
    }
    return found ? ago(nowMs, laterMs, true) : null;
  }

  /** Markers and aborted messages have an age, but nobody waits for them. */
  #nothingReadable(position: bigint, highWatermark: bigint): boolean {
    const committed = this.newestCommitted;
    if (committed === null || position < committed) return false;
    return (this.nothingReadableTo ?? -1n) >= highWatermark;
  }

  #watermark(sample: number): bigint | null {
    return this.#commits.topic.highWatermark(sample, this.#partition);
  }

  #pair(sample: number): { readonly committed: bigint; readonly watermark: bigint } | null {
    const position = this.#commits.position(sample, this.#partition);
    const watermark = this.#watermark(sample);
    return position?.committed !== true || watermark === null ? null : { committed: position.offset, watermark };
  }

  /** The newest sample at least so old that `readable` takes. */
  #sampleAgo(ageMs: number, readable: (sample: number) => boolean): number | null {
    const newestMs = this.#times.at(this.#times.newest);
    for (let sample = this.#times.newest; sample >= this.#times.oldest; sample--) {
      if (newestMs - this.#times.at(sample) >= ageMs && readable(sample)) return sample;
    }
    return null;
  }

  /** Over the last minute, as far back as the offset only grew. */
  #perSecond(offsetAt: (sample: number) => bigint | null): number | null {
    const newestMs = this.#times.at(this.#times.newest);
    const seen: { readonly offset: bigint; readonly atMs: number }[] = [];
    for (let sample = this.#times.newest; sample >= this.#times.oldest; sample--) {
      const atMs = this.#times.at(sample);
      if (newestMs - atMs > RATE_MS) break;
      const offset = offsetAt(sample);
      if (offset === null) continue;
      if (offset > (seen.at(-1)?.offset ?? offset)) break;
      seen.push({ offset, atMs });
    }
    const [last, first] = [seen[0], seen.at(-1)];
    if (last === undefined || first === undefined || last === first) return null;
    // A difference, for a rate, which is rounded when it is told.
    return Number(last.offset - first.offset) / ((last.atMs - first.atMs) / 1_000);
  }
}

function ago(nowMs: number, atMs: number, atLeast: boolean): TimeLag {
  return { ms: Math.max(0, Math.round(nowMs - atMs)), how: "interpolated", atLeast };
}
