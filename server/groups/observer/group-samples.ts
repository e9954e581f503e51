import { topicsOfGroup } from "../group-partitions.ts";
import type { GroupReading, TopicEnds } from "../group-reading.ts";
import { groupLag, type PartitionLag } from "../lag.ts";
import { type Attendance, CommitSamples, type Position } from "./commit-samples.ts";
import { idleMembers } from "./idle-members.ts";
import { membershipMark } from "./membership-mark.ts";
import { LONGEST_GAP_MS, MISSED_SAMPLES, resizedRing, type SampleTimes } from "./sample-times.ts";
import type { TopicSamples } from "./topic-samples.ts";

const UNREAD = -1n;
const REBALANCING: ReadonlySet<string> = new Set([
  "preparing-rebalance",
  "completing-rebalance",
  "assigning",
  "reconciling",
]);
/** An operator resets once or twice; consumers that assign themselves partitions by hand go on committing. */
const BY_HAND_MOVES = 3;
/** If none of so many is there any more, the group was without members in between. */
const MEMBERS_KNOWN = 16;

/** What is remembered of one group. */
export class GroupSamples {
  static readonly SLOT_BYTES = 9;
  static readonly FIXED_BYTES = 600;

  readonly sinceMs: number;
  readonly #times: SampleTimes;
  readonly #topics = new Map<string, CommitSamples>();
  /** Lag of all its partitions, where all could be read. */
  #totals: BigInt64Array;
  #rebalances: Uint8Array;
  #mark: number | null = null;
  /** Since when the same members have been there, without a rebalance; null: there are none, or they aren't known. */
  #steadySinceMs: number | null = null;
  #newest: number;
  #readMs = 0;
  #memberIds: readonly string[] = [];
  #partitions = 0;
  #missedSince: number | null = null;
  membersSinceMs: number | null = null;
  memberlessSinceMs: number | null = null;
  idleSinceMs: number | null = null;
  memberlessMoves: { readonly count: number; readonly newestMs: number } | null = null;

  constructor(times: SampleTimes, sinceMs: number, sample: number) {
    this.#times = times;
    this.sinceMs = sinceMs;
    this.#newest = sample;
    this.#totals = new BigInt64Array(times.depth).fill(UNREAD);
    this.#rebalances = new Uint8Array(times.depth);
  }

  get topics(): ReadonlyMap<string, CommitSamples> {
    return this.#topics;
  }

  /** The newest sample in which it was read. */
  get newest(): number {
    return Math.min(this.#newest, this.#times.newest);
  }

  /** When it was last read; 0: not yet. */
  get readMs(): number {
    return this.#readMs;
  }

  /** It was not among those that were read. */
  recordNothing(sample: number): void {
    this.#totals[this.#times.slot(sample)] = UNREAD;
    this.#rebalances[this.#times.slot(sample)] = 0;
    for (const commits of this.#topics.values()) commits.begin(sample, 0);
  }

  /** @param own true: where commits differ from before, Tailrace may have moved them */
  record(
    sample: number,
    atMs: number,
    reading: GroupReading,
    ends: ReadonlyMap<string, TopicEnds>,
    samplesOf: (topic: string) => TopicSamples | null,
    own = false,
  ): void {
    this.recordNothing(sample);
    const mark = membershipMark(reading);
    const changed = this.#mark !== null && this.#mark !== mark;
    this.#mark = mark;
    const rebalanced = changed || REBALANCING.has(reading.state);
    this.#rebalances[this.#times.slot(sample)] = rebalanced ? 1 : 0;
    const gap = this.#followsGap(atMs);
    const someThere = reading.members !== null && reading.members.length > 0;
    this.#steadySinceMs = someThere ? (rebalanced || gap ? atMs : (this.#steadySinceMs ?? atMs)) : null;
    const consuming = this.#isConsuming(reading) && !own;
    const attendance = { steadySinceMs: this.#steadySinceMs, consuming };
    if (gap) {
      this.membersSinceMs = null;
      this.memberlessSinceMs = null;
      this.idleSinceMs = null;
    }
    const [forward, back] = this.#recordPositions(sample, atMs, reading, ends, samplesOf, attendance);
    const wereMembers = this.memberlessSinceMs === null;
    this.#recordMembers(atMs, reading);
    if (this.memberlessSinceMs === null || back) this.memberlessMoves = null;
    else if (forward && !wereMembers && !own) {
      this.memberlessMoves = { count: (this.memberlessMoves?.count ?? 0) + 1, newestMs: atMs };
    }
    this.#recordSubscriptions(reading);
    this.#newest = sample;
    this.#readMs = atMs;
  }

  /** Null: not read in that sample, or not all of it. */
  total(sample: number): bigint | null {
    if (sample < this.#times.oldest || sample > this.#times.newest) return null;
    const total = this.#totals[this.#times.slot(sample)] ?? UNREAD;
    return total === UNREAD ? null : total;
  }

  rebalanced(sample: number): boolean {
    return this.#rebalances[this.#times.slot(sample)] === 1;
  }

  resize(oldDepth: number, depth: number): void {
    const { newest } = this.#times;
    const unread = (length: number) => new BigInt64Array(length).fill(UNREAD);
    this.#totals = resizedRing(this.#totals, 1, oldDepth, depth, newest, unread);
    this.#rebalances = resizedRing(this.#rebalances, 1, oldDepth, depth, newest, (length) => new Uint8Array(length));
    for (const commits of this.#topics.values()) commits.resize(oldDepth, depth);
  }

  /** @returns whether any committed offset went forward, and whether any went back */
  #recordPositions(
    sample: number,
    atMs: number,
    reading: GroupReading,
    ends: ReadonlyMap<string, TopicEnds>,
    samplesOf: (topic: string) => TopicSamples | null,
    attendance: Attendance,
  ): readonly [boolean, boolean] {
    let [forward, back] = [false, false];
    const begun = new Set<string>();
    const { lag, lagUnread, partitionCount } = groupLag(reading, ends, (topic, partition, one) => {
      const topicEnds = ends.get(topic);
      const topicSamples = samplesOf(topic);
      if (topicEnds === undefined || topicSamples === null) return;
      const commits = this.#commitsOf(topic, topicSamples);
      if (!begun.has(topic)) commits.begin(sample, topicEnds.highWatermarks.length);
      begun.add(topic);
      const position = positionOf(one);
      if (position === null) return;
      const movement = commits.record(sample, atMs, partition, position, one.highWatermark, attendance);
      if (movement === "forward") forward = true;
      if (movement === "back") back = true;
    });
    const whole = lagUnread === 0 && !this.#missesPartitions(sample, partitionCount);
    this.#totals[this.#times.slot(sample)] = (whole ? lag : null) ?? UNREAD;
    if (reading.committed !== null) {
      const topics = topicsOfGroup(reading);
      for (const topic of this.#topics.keys()) if (!topics.has(topic)) this.#topics.delete(topic);
    }
    return [forward, back];
  }

  #commitsOf(topic: string, samples: TopicSamples): CommitSamples {
    const known = this.#topics.get(topic);
    if (known?.topic === samples) return known;
    const made = new CommitSamples(this.#times, samples);
    this.#topics.set(topic, made);
    return made;
  }

  /** Whether there were more of them a moment ago: the sum would fall though no lag did. */
  #missesPartitions(sample: number, count: number): boolean {
    if (count < this.#partitions) {
      this.#missedSince ??= sample;
      if (sample - this.#missedSince < MISSED_SAMPLES) return true;
    }
    this.#missedSince = null;
    this.#partitions = count;
    return false;
  }

  /** Nobody knows who was there meanwhile. */
  #followsGap(atMs: number): boolean {
    const { oldest } = this.#times;
    return this.#newest < oldest || atMs - this.#times.at(this.#newest) > LONGEST_GAP_MS;
  }

  /** False when it was without members just now, as it must be to have its offsets reset, and doesn't commit like that by habit. */
  #isConsuming({ members }: GroupReading): boolean {
    const known = new Set(this.#memberIds);
    this.#memberIds = (members ?? []).slice(0, MEMBERS_KNOWN).map(({ memberId }) => memberId);
    if (members === null || (this.memberlessMoves?.count ?? 0) >= BY_HAND_MOVES) return true;
    if (members.length === 0 || this.memberlessSinceMs !== null) return false;
    return known.size === 0 || members.some(({ memberId }) => known.has(memberId));
  }

  /** Members of classic groups that rebalance tell none: then what they told before stays. */
  #recordSubscriptions({ members }: GroupReading): void {
    const told = new Set(members?.flatMap(({ subscribedTopics }) => subscribedTopics));
    if (told.size === 0 && members?.length !== 0) return;
    for (const [topic, commits] of this.#topics) commits.subscribed = told.has(topic);
  }

  #recordMembers(atMs: number, reading: GroupReading): void {
    const count = reading.members?.length ?? null;
    this.membersSinceMs = count === null || count === 0 ? null : (this.membersSinceMs ?? atMs);
    this.memberlessSinceMs = count === 0 ? (this.memberlessSinceMs ?? atMs) : null;
    this.idleSinceMs = idleMembers(reading).length === 0 ? null : (this.idleSinceMs ?? atMs);
  }
}

/** Null: not known. */
function positionOf({ read, commit, logStartOffset }: PartitionLag): Position | null {
  if (commit !== null) return { offset: commit.offset, committed: true };
  return read && logStartOffset !== null ? { offset: logStartOffset, committed: false } : null;
}
